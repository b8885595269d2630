#pragma once
/* A small PACP 7 exchange made by SQL: one pipe from both ends, the second run a reverse set-up, a
 * manhole and a lateral. */

static const char pacp_schema[] =
    "CREATE TABLE PACP_Inspections(InspectionID INTEGER, Surveyed_By, Pipe_Segment_Reference,"
    " Inspection_Date, Inspection_Time, Street, Upstream_MH, Downstream_MH, Direction, Height,"
    " Width, Shape, Material, Total_Length, Length_Surveyed, Reverse_Setup, IsImperial,"
    " Inspection_Technology_Used_CCTV);"
    "CREATE TABLE PACP_Conditions(ConditionID INTEGER, InspectionID INTEGER, Distance REAL,"
    " PACP_Code, Continuous, Value_1st_Dimension, Value_2nd_Dimension, Value_Percent, Joint,"
    " Clock_At_From, Clock_To, Remarks, VCR_Time);"
    "CREATE TABLE PACP_Media_Conditions(MediaID, ConditionID, Image_Reference, Image_Path);"
    "CREATE TABLE PACP_Media_Inspections(MediaID, InspectionID, Video_Name, Video_Location);"
    "CREATE TABLE PACP_Ratings(InspectionID, STPipeRating, OverallPipeRating);"
    "CREATE TABLE MACP_Inspections(InspectionID INTEGER, Manhole_Number, Inspection_Date,"
    " IsImperial);"
    "CREATE TABLE MACP_Conditions(ConditionID, InspectionID, Distance, MACP_Code, Remarks);"
    "CREATE TABLE [LACP Inspections](InspectionID, Lateral_Segment_Reference, Surveyed_By);"
    "CREATE TABLE DB_Version(DB_Version);";

static const char pacp_content[] =
    "INSERT INTO DB_Version VALUES('7.0.4');"
    "INSERT INTO PACP_Inspections VALUES"
    " (1, 'N. Kanal', 'P1', '2024-03-04 00:00:00', '1899-12-30 13:31:00', 'Elm', 'A ', 'B', 'D', 8,"
    "  NULL, 'C', 'VCP', 100, 60, 2, 1, 1),"
    " (2, 'N. Kanal', '', '3/4/2024', '14:31', 'Elm', '', '', '', 8, 10, 'E', 'VCP', 100, 45, 1,"
    "  'True', 1);"
    "INSERT INTO PACP_Conditions VALUES"
    " (1, 1, 0, 'AMH', NULL, NULL, NULL, NULL, 0, NULL, NULL, 'A', '00:00:01'),"
    " (7, 2, 0, 'AMH', NULL, NULL, NULL, NULL, NULL, 0, 0, NULL, NULL),"
    " (2, 1, 0, 'MWL', NULL, NULL, NULL, 20, 0, NULL, NULL, NULL, NULL),"
    " (3, 1, 10, 'RFJ', 'S01', NULL, NULL, NULL, 0, '00', NULL, NULL, NULL),"
    " (4, 1, 30, 'RFJ', 'F01', NULL, NULL, NULL, 0, '00', NULL, NULL, NULL),"
    " (5, 1, 40, 'TFA', NULL, 4, NULL, NULL, 0, NULL, 3, NULL, NULL),"
    " (6, 1, 60, 'MSA', NULL, NULL, NULL, NULL, 0, NULL, NULL, 'camera stuck', NULL),"
    " (8, 2, 20, 'QQQ', NULL, NULL, NULL, NULL, 'J', 13, NULL, NULL, NULL),"
    " (9, 2, 44.5, 'AMH', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),"
    " (10, 99, 1, 'CL', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);"
    "INSERT INTO PACP_Media_Conditions VALUES(1, 5, 'x.jpg', 'C:\\p'), (2, 5, 'y.jpg', '');"
    "INSERT INTO PACP_Media_Inspections VALUES(1, 1, 'x.mp4', 'C:\\v\\');"
    "INSERT INTO PACP_Ratings VALUES(1, 5, 12);"
    "INSERT INTO MACP_Inspections VALUES(1, 'MH7', '2024-03-05', 0);"
    "INSERT INTO MACP_Conditions VALUES(1, 1, 3, 'CL', '');"
    "INSERT INTO [LACP Inspections] VALUES(1, 'L1', 'N. Kanal');";
