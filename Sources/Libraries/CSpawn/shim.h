// Two functions of glibc (2.34, 2.29) that its header shows to GNU programs only, so Swift's own module of it does not.
#include <spawn.h>

int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);
int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);
