#pragma once
/* WinCan VX projects made by SQL: the tables with the columns that are read, and what a test puts
 * into them. */
#include <criterion/criterion.h>
#include <sqlite3.h>

#include "core/text.h"

/* Keys are short words in the place of GUIDs. */
static const char wincan_schema[] =
    "CREATE TABLE USRVER(VER_Version);"
    "CREATE TABLE PROJECT(PRJ_CoordSys, PRJ_Deleted);"
    "CREATE TABLE JOB(JOB_PK PRIMARY KEY, JOB_DefStandard, JOB_Deleted);"
    "CREATE TABLE POINT(POINT_PK PRIMARY KEY, POINT_X, POINT_Y, POINT_Z, POINT_Deleted);"
    "CREATE TABLE NODE(OBJ_PK PRIMARY KEY, OBJ_Key, OBJ_NodeType, OBJ_NodeInvert, OBJ_Point_REF,"
    " OBJ_Shape_WKT, OBJ_Deleted);"
    "CREATE TABLE SECTION(OBJ_PK PRIMARY KEY, OBJ_Key, OBJ_Type, OBJ_Length, OBJ_RealLength,"
    " OBJ_Shape, OBJ_Size1, OBJ_Size2, OBJ_Unit, OBJ_Material, OBJ_Usage, OBJ_FlowDir, OBJ_Street,"
    " OBJ_FromNodeInvert, OBJ_ToNodeInvert, OBJ_ConstructionDate, OBJ_Memo, OBJ_FromNode_REF,"
    " OBJ_ToNode_REF, OBJ_FromPoint_REF, OBJ_ToPoint_REF, OBJ_Shape_WKT, OBJ_Deleted);"
    "CREATE TABLE SECINSP(INS_PK PRIMARY KEY, INS_Section_FK, INS_Job_FK, INS_Key, INS_Standard,"
    " INS_RateText, INS_StartDate, INS_StartTime, INS_InspectionDir, INS_StartManhole,"
    " INS_InspectedLength, INS_AbortReason, INS_IsImperial, INS_AxialRef, INS_ReverseSetup,"
    " INS_Method, INS_Purpose, INS_Weather, INS_Observer, INS_Operator_REF, INS_VideoRef,"
    " INS_Material, INS_Shape, INS_Size1, INS_Size2, INS_Memo, INS_WinCanVersion,"
    " INS_StartNode_REF, INS_EndNode_REF, INS_Deleted);"
    "CREATE TABLE NODINSP(INS_PK PRIMARY KEY, INS_Node_FK, INS_Job_FK, INS_Key, INS_Standard,"
    " INS_RateText, INS_StartDate, INS_StartTime, INS_InspectionDir, INS_InspectedLength,"
    " INS_AbortReason, INS_IsImperial, INS_AxialRef, INS_ReverseSetup, INS_Method, INS_Purpose,"
    " INS_Weather, INS_Observer, INS_Operator_REF, INS_VideoRef, INS_Memo, INS_WinCanVersion,"
    " INS_Deleted);"
    "CREATE TABLE SECOBS(OBS_PK PRIMARY KEY, OBS_Inspection_FK, OBS_Distance, OBS_DistanceToGo,"
    " OBS_ReverseInsp, OBS_OpCode, OBS_Char1, OBS_Char2, OBS_Q1_Value, OBS_U1_Value, OBS_Q2_Value,"
    " OBS_U2_Value, OBS_Q3_Value, OBS_U3_Value, OBS_ClockPos1, OBS_ClockPos2, OBS_AtJoint,"
    " OBS_CD_Code1, OBS_CD_Code2, OBS_ContDefectLength, OBS_GradeS, OBS_GradeO, OBS_GradeH,"
    " OBS_Component, OBS_TimeCtr, OBS_Observation, OBS_Memo, OBS_SortOrder, OBS_Deleted);"
    "CREATE TABLE NODOBS(OBS_PK PRIMARY KEY, OBS_Inspection_FK, OBS_Depth, OBS_OpCode, OBS_Char1,"
    " OBS_Char2, OBS_Q1_Value, OBS_U1_Value, OBS_Q2_Value, OBS_U2_Value, OBS_Q3_Value,"
    " OBS_U3_Value, OBS_ClockPos1, OBS_ClockPos2, OBS_AtJoint, OBS_CD_Code1, OBS_CD_Code2,"
    " OBS_ContDefectLength, OBS_GradeS, OBS_GradeO, OBS_GradeH, OBS_Component, OBS_TimeCtr,"
    " OBS_Observation, OBS_Memo, OBS_SortOrder, OBS_Deleted);"
    "CREATE TABLE SECOBSMM(OMM_PK PRIMARY KEY, OMM_Observation_FK, OMM_Type, OMM_FilePath,"
    " OMM_FileName, OMM_SortOrder, OMM_Deleted);"
    "CREATE TABLE NODOBSMM(OMM_PK PRIMARY KEY, OMM_Observation_FK, OMM_Type, OMM_FilePath,"
    " OMM_FileName, OMM_SortOrder, OMM_Deleted);";

/* One inspection against the flow, with a finish, a continuous deposit and media; what is deleted
 * stands between. */
static const char wincan_content[] =
    "INSERT INTO USRVER VALUES('2025.17.1.71');"
    "INSERT INTO JOB VALUES('{J1}', 'WRC~MSCC-5', NULL);"
    "INSERT INTO NODE(OBJ_PK, OBJ_Key, OBJ_NodeType) VALUES('na', 'SW01', 'MH'),('nb', '1202', 'MH');"
    "INSERT INTO SECTION(OBJ_PK, OBJ_Key, OBJ_Length, OBJ_Shape, OBJ_Size1, OBJ_Unit, OBJ_Material,"
    " OBJ_Usage, OBJ_FlowDir, OBJ_Street, OBJ_FromNode_REF, OBJ_ToNode_REF, OBJ_Deleted) VALUES"
    " ('s1', 'SW01X', 15.5, 'C', 150, 'mm', 'VC', 'S', 1, 'Am Weg', '{NA}', '{nb}', NULL),"
    " ('s2', 'SW02X', 9, 'C', 150, 'mm', 'VC', 'S', 1, '', 'nb', 'na', '2025-05-12 11:26:25');"
    "INSERT INTO SECINSP(INS_PK, INS_Section_FK, INS_Job_FK, INS_Key, INS_Standard,"
    " INS_InspectionDir, INS_InspectedLength, INS_Method, INS_Observer, INS_WinCanVersion,"
    " INS_Deleted) VALUES"
    " ('{I1}', '{S1}', 'j1', '2025-04-23 09:42:30', 'BS EN 13508-2:2003', 2, 15.5, 'B', 'N. Kanal',"
    "  'WinCan VX-v.2025', NULL),"
    " ('i2', 's1', 'j1', '2025-04-23 09:44:41', '', 1, 3, 'B', '', '', '2025-05-02T12:22:54'),"
    " ('i3', 's2', 'j1', '2025-05-23 16:06:51', '', 1, 0, 'B', '', '', NULL);"
    "INSERT INTO SECOBS(OBS_PK, OBS_Inspection_FK, OBS_Distance, OBS_OpCode, OBS_Q1_Value,"
    " OBS_U1_Value, OBS_Q2_Value, OBS_U2_Value, OBS_ClockPos1, OBS_ClockPos2, OBS_AtJoint,"
    " OBS_CD_Code1, OBS_CD_Code2, OBS_GradeS, OBS_GradeO, OBS_TimeCtr, OBS_Observation, OBS_Memo,"
    " OBS_SortOrder, OBS_Deleted) VALUES"
    " ('o5', 'i1', 15.5, 'MHF', 'SW01', '', '', '', NULL, NULL, 0, '', '', NULL, NULL, '00:03:00',"
    "  'Finish node', '', 5, NULL),"
    " ('o1', 'i1', 0, 'MH', '1202', '', '', '', NULL, NULL, 0, '', '', NULL, NULL, '00:00:00',"
    "  'Start node', '', 1, NULL),"
    " ('o2', 'i1', 0.7, 'DEG', '5', '%', '', '', 8, 4, 0, 'S01', '1', NULL, 3, '00:00:35',"
    "  'Grease', 'light', 2, NULL),"
    " ('o3', 'i1', 3.25, 'JN', '4', 'in', '1,5', 'cm', 12, NULL, 1, '2', '10', 1, 3, '00:01:00',"
    "  '', '', 3, NULL),"
    " ('ox', 'i1', 4, 'RM', '', '', '', '', NULL, NULL, 0, '', '', NULL, NULL, '', '', '', 3,"
    "  '2025-05-14 09:16:22'),"
    " ('o4', 'i1', 5.74, 'DEG', '5', '%', '', '', 8, 4, 0, 'F01', '9', 2, 2, '00:02:00',"
    "  'Grease', '', 4, NULL),"
    " ('oy', 'i2', 1, 'WL', '5', '%', '', '', NULL, NULL, 0, '', '', NULL, NULL, '', '', '', 1,"
    "  '2025-05-14 09:16:22');"
    "INSERT INTO SECOBSMM VALUES"
    " ('m1', 'o1', 'CLI', NULL, '01.mp4', 1, NULL), ('m2', 'o3', 'PI1', 'Pic', 'b.jpg', 2, NULL),"
    " ('m3', 'o3', 'PI1', 'Pic\\', 'a.jpg', 1, NULL), ('m4', 'o3', 'PI2', '', 'x.jpg', 3, 'gone'),"
    " ('m5', 'o4', 'CLI', '', '02.mp4', 1, NULL);";

static inline void wincan_exec(sqlite3 *db, const char *sql) {
    char *message = NULL;

    cr_assert_eq(
        sqlite3_exec(db, sql, NULL, NULL, &message), SQLITE_OK, "%s", message ? message : "");
}

/* The bytes of a database after these statements; sqlite3_free them. */
static inline unsigned char *wincan_bytes(const char *const *sql, size_t n, size_t *n_bytes) {
    sqlite3 *db = NULL;
    sqlite3_int64 size = 0;

    cr_assert_eq(sqlite3_open(":memory:", &db), SQLITE_OK);
    for (size_t i = 0; i < n; i++) {
        wincan_exec(db, sql[i]);
    }
    unsigned char *bytes = sqlite3_serialize(db, "main", &size, 0);
    cr_assert_not_null(bytes);
    cr_assert_eq(sqlite3_close(db), SQLITE_OK);
    *n_bytes = (size_t)size;
    return bytes;
}
