SELECT load_extension('mod_spatialite');
PRAGMA synchronous = OFF;
PRAGMA journal_mode = MEMORY;
PRAGMA cache_size = -262144;
PRAGMA temp_store = MEMORY;
BEGIN;

CREATE UNIQUE INDEX pipe_by_id ON pipes (pipe_id);
CREATE UNIQUE INDEX inspection_by_id ON inspections (insp_id);

-- Every observation at its share of the pipe, counted from the end that the camera came in at.
CREATE TABLE defects AS
WITH seen AS (
    SELECT o.ogc_fid AS fid, i.insp_id, i.pipe_id, o.chainage, o.code, o.grade, o.clock_from,
        o.clock_to, nullif(o.cont, '') AS cont, i.date, i.direction, p.geom AS line,
        min(1.0, max(0.0, o.chainage / i.insp_len)) AS share
    FROM observations AS o
    JOIN inspections AS i USING (insp_id)
    JOIN pipes AS p USING (pipe_id))
SELECT fid, insp_id, pipe_id, chainage, code, grade, clock_from, clock_to, cont, date,
    ST_Line_Interpolate_Point(line, iif(direction = 'U', 1 - share, share)) AS geom
FROM seen;
SELECT RecoverGeometryColumn('defects', 'geom', 4547, 'POINT', 'XY');
SELECT CreateSpatialIndex('defects', 'geom');

-- From each A mark to the B mark that follows it in the same inspection.
CREATE TABLE continuous AS
WITH marks AS (
    SELECT ogc_fid AS fid, insp_id, code, grade, chainage AS from_m, cont,
        lead(cont) OVER following AS next_cont, lead(chainage) OVER following AS to_m
    FROM observations
    WHERE cont <> ''
    WINDOW following AS (PARTITION BY insp_id ORDER BY ogc_fid)),
shares AS (
    SELECT m.fid, m.insp_id, i.pipe_id, m.code, m.grade, m.from_m, m.to_m, i.direction,
        p.geom AS line, min(1.0, m.from_m / i.insp_len) AS a, min(1.0, m.to_m / i.insp_len) AS b
    FROM marks AS m
    JOIN inspections AS i USING (insp_id)
    JOIN pipes AS p USING (pipe_id)
    WHERE m.cont LIKE 'A%' AND m.next_cont LIKE 'B%' AND m.to_m > m.from_m)
SELECT fid, insp_id, pipe_id, code, grade, from_m, to_m,
    iif(direction = 'U', ST_Line_Substring(line, 1 - b, 1 - a), ST_Line_Substring(line, a, b))
        AS geom
FROM shares;
SELECT RecoverGeometryColumn('continuous', 'geom', 4547, 'LINESTRING', 'XY');

CREATE TABLE scores (grade INTEGER PRIMARY KEY, score REAL);
INSERT INTO scores VALUES (0, 0), (1, 0.5), (2, 2), (3, 5), (4, 10);
CREATE TABLE totals AS
SELECT pipe_id, count(*) AS n_obs, max(grade) AS max_grade, avg(score) AS mean
FROM defects JOIN scores USING (grade)
GROUP BY pipe_id;
CREATE UNIQUE INDEX total_by_pipe ON totals (pipe_id);

CREATE TABLE segments AS
WITH graded AS (
    SELECT p.ogc_fid AS fid, p.pipe_id, p.us_mh, p.ds_mh, p.diam, p.material, p.length, p.year,
        p.road, ifnull(t.n_obs, 0) AS n_obs, ifnull(t.max_grade, 0) AS max_grade,
        0.7 * max(ifnull(t.mean, 0),
            (SELECT score FROM scores WHERE grade = ifnull(t.max_grade, 0)))
        + 0.1 * CASE WHEN p.diam >= 1500 THEN 10 WHEN p.diam >= 1000 THEN 6
            WHEN p.diam >= 600 THEN 3 ELSE 0 END
        + 0.15 * CASE WHEN p.year < 1980 THEN 10 WHEN p.year < 2000 THEN 6 ELSE 0 END AS score,
        p.geom
    FROM pipes AS p
    LEFT JOIN totals AS t USING (pipe_id))
SELECT fid, pipe_id, us_mh, ds_mh, diam, material, length, year, road, n_obs, max_grade, score,
    CASE WHEN score > 7 THEN 4 WHEN score > 4 THEN 3 WHEN score > 1 THEN 2 ELSE 1 END AS priority,
    geom
FROM graded;
SELECT RecoverGeometryColumn('segments', 'geom', 4547, 'LINESTRING', 'XY');

CREATE TABLE district_counts AS
SELECT d.ogc_fid AS fid, d.dist_id, d.name, count(x.rowid) AS n_obs,
    ifnull(sum(x.grade >= 3), 0) AS n_severe, d.geom
FROM districts AS d
LEFT JOIN defects AS x ON ST_Contains(d.geom, x.geom) AND x.rowid IN (
    SELECT rowid FROM SpatialIndex WHERE f_table_name = 'defects' AND search_frame = d.geom)
GROUP BY d.ogc_fid;
SELECT RecoverGeometryColumn('district_counts', 'geom', 4547, 'POLYGON', 'XY');
COMMIT;
