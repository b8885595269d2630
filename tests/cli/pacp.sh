#!/bin/sh
# PACP on a network of two segments: access points at the ends of a run are no nodes on its way.
#   pacp.sh CHAINAGE
set -u
chainage=$1
. "$(dirname "$0")/tap.sh"

cat >pipes.geojson <<'END'
{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::26910"}},"features":[
{"type":"Feature","properties":{"pipe_id":"P1","from_node":"A","to_node":"B"},
 "geometry":{"type":"LineString","coordinates":[[500000,4000000],[500050,4000000]]}},
{"type":"Feature","properties":{"pipe_id":"P2","from_node":"B","to_node":"C"},
 "geometry":{"type":"LineString","coordinates":[[500050,4000000],[500110,4000000]]}}]}
END
# 1: along P1.  2: by its nodes alone.  3: from A to C past B.  4 and 5: P2 from both ends.
cat >x_Inspections.csv <<'END'
InspectionID,Surveyed_By,Pipe_Segment_Reference,Date,Upstream_MH,Downstream_MH,Direction,Total_Length,Length_Surveyed,Reverse_Setup,IsImperial
1,N,P1,2024-03-04,A,B,D,50,50,,0
2,N,,2024-03-05,A,B,U,50,50,,0
3,N,,2024-03-06,A,C,D,110,110,,0
4,N,P2,2024-03-07,B,C,D,60,25,5,0
5,N,,2024-03-07,,,,60,35,4,0
END
cat >x_Conditions.csv <<'END'
ConditionID,InspectionID,Distance,PACP_Code,Continuous
1,1,0,AMH,
2,1,10,CL,
3,1,50,AMH,
4,2,0,AMH,
5,2,10,FL,
6,2,49.8,AMH,
7,3,0,AMH,
8,3,50.5,AMH,
9,3,70.5,BSV,
10,3,110,AMH,
11,4,0,AMH,
12,4,25,MSA,
13,5,0,AMH,
14,5,30,H,
15,5,35,MSA,
END
try 'the tables run' 0 'Written' "$chainage" run x_Conditions.csv --network pipes.geojson --output out.gpkg
nothing_lost 'PACP' out.gpkg
holds 'every inspection finds its way' out.gpkg \
    "SELECT group_concat(inspection_id || ' ' || match_method, ', ') FROM inspections WHERE inspection_id < 6" \
    '1 segment_id, 2 node_pair, 3 chain, 4 segment_id, 5 segment_id'
holds 'only the node on the way splits a run' out.gpkg \
    "SELECT count(*) || ' ' || max(detail) FROM findings WHERE kind = 'chain_split'" \
    '1 P1 + P2, split by the nodes logged'
# 2 runs upstream: 10 m from B is 40 m from A.  3: 20 of 59.5 m logged behind B, 60 m drawn.  5: 30 m from C.
holds 'places are metres from the upstream end' out.gpkg \
    "SELECT group_concat(segment_id || ' ' || code || ' ' || round(along_m, 1), ', ') FROM
     (SELECT * FROM defects ORDER BY inspection_id)" 'P1 CL 10.0, P1 FL 40.0, P2 BSV 20.2, P2 H 30.0'
holds 'a run that came to its end is complete, an abandoned one is not' out.gpkg \
    "SELECT group_concat(is_complete, ' ') FROM (SELECT * FROM inspections ORDER BY inspection_id)" \
    '1 1 1 0 0'
finish
