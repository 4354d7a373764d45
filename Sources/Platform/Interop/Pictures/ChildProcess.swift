import CSpawn
import Foundation

/// Runs another program to its end, with nothing of this one but what it is given: no environment, no open file, no
/// input and no output.
///
/// Foundation's `Process` of Swift 6.3 reads beyond the last entry of a full directory buffer when some 1,300 files are
/// open, which a busy server has, and then ends this program too (swift-corelibs-foundation, pull request 5472).
enum ChildProcess {
  /// There is no such program or folder, or the machine has no room for another process.
  struct NotStarted: Error {}

  /// Waits on the caller's thread.
  /// - Parameters:
  ///   - program: its path.
  ///   - folder: where it works.
  /// - Returns: whether it ended by itself and well; false when it was killed or said that it failed.
  /// - Throws: `NotStarted`.
  static func run(
    _ program: String, _ arguments: [String], environment: [String: String], in folder: String
  ) throws(NotStarted) -> Bool {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    guard posix_spawn_file_actions_init(&actions) == 0 else { throw NotStarted() }
    defer { posix_spawn_file_actions_destroy(&actions) }
    guard posix_spawnattr_init(&attributes) == 0 else { throw NotStarted() }
    defer { posix_spawnattr_destroy(&attributes) }
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    let isPrepared =
      posix_spawn_file_actions_addchdir_np(&actions, folder) == 0
      && posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0) == 0
      && posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0) == 0
      && posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0) == 0
      && posix_spawn_file_actions_addclosefrom_np(&actions, 3) == 0
      && posix_spawnattr_setsigmask(&attributes, &none) == 0
      && posix_spawnattr_setsigdefault(&attributes, &all) == 0
      && posix_spawnattr_setflags(
        &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF)) == 0
    guard isPrepared else { throw NotStarted() }
    var process: pid_t = 0
    let started = withCStrings([program] + arguments) { arguments in
      withCStrings(environment.map { "\($0.key)=\($0.value)" }) { environment in
        posix_spawn(&process, program, &actions, &attributes, arguments, environment)
      }
    }
    guard started == 0 else { throw NotStarted() }
    var status: Int32 = -1
    while waitpid(process, &status, 0) == -1 {
      guard errno == EINTR else { return false }
    }
    return status == 0
  }

  /// The texts as C has lists of them, which end with nothing.
  private static func withCStrings<T>(
    _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> T
  ) -> T {
    let copies = texts.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
  }
}
