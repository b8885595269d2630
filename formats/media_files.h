#pragma once
/* The files that lie with a survey: photos and videos are among them. */
#include "core/check/file_names.h"

/* Lists the folder and those in it, down to `depth` folders.  Links are not followed, as `run` does
 * not; what cannot be read has nothing in it. */
void media_files_list(const char *folder, unsigned depth, struct file_names *media);

/* The folder where the files of a survey that was named by itself are looked for: its own; the one
 * above when its own is called DB, as in WinCan projects.  In the arena. */
const char *media_files_folder(const char *survey_path, struct arena *arena);
