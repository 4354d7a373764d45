import Foundation
import Testing

@testable import Interop

@Suite("Another program, run to its end")
struct ChildProcessTests {
  private func shell(_ script: String, in folder: String = "/") throws -> Bool {
    try ChildProcess.run("/bin/sh", ["-c", script], environment: ["NAME": "暖邻"], in: folder)
  }

  @Test("whether it ended well is told, and that it did not start")
  func tells() throws {
    #expect(try shell("exit 0"))
    #expect(try !shell("exit 3"))
    #expect(try !shell("kill -9 $$"))
    #expect(throws: ChildProcess.NotStarted.self) { try shell("exit 0", in: "/nonexistent") }
    #expect(throws: ChildProcess.NotStarted.self) {
      try ChildProcess.run("/nonexistent", [], environment: [:], in: "/")
    }
  }

  @Test("it gets its folder and its environment, and no open file, signal setting or secret of ours")
  func getsNothing() throws {
    signal(SIGPIPE, SIG_IGN)
    let inherited = open("/dev/null", O_RDONLY)
    defer { close(inherited) }
    try TemporaryFolder.with { folder in
      #expect(
        try shell(
          "pwd >folder; /usr/bin/env >environment; ls /proc/$$/fd >files; grep SigIgn /proc/$$/status >signals",
          in: folder))
      func lines(_ name: String) throws -> [String] {
        try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8).split(separator: "\n").map(
          String.init)
      }
      let (place, files, signals) = (try lines("folder"), Set(try lines("files")), try lines("signals"))
      // A shell sets some variables by itself.
      let environment = try lines("environment").filter { line in
        !["PWD=", "OLDPWD=", "SHLVL=", "_="].contains { line.hasPrefix($0) }
      }
      #expect(place.first?.hasSuffix(folder) == true)
      #expect(environment == ["NAME=暖邻"])
      #expect(files.isSubset(of: ["0", "1", "2", "10"]))
      // The first 28 as bits; two that glibc keeps for itself follow.
      #expect(signals.first?.hasSuffix("0000000") == true, "\(signals)")
    }
  }

  @Test("it starts beside more open files than fill a directory buffer")
  func manyFiles() throws {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    let count = min(2_000, Int(limit.rlim_cur) / 2)
    let files = (0..<count).map { _ in open("/dev/null", O_RDONLY) }
    defer { for file in files { close(file) } }
    for _ in 0..<20 { #expect(try shell("exit 0")) }
  }
}
