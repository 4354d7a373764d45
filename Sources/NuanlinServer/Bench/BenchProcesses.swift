import Foundation
import Kernel

#if canImport(Glibc)
  import Glibc
#endif

/// A process that the benchmark started. It ends with the benchmark: its input is a pipe that closes then.
struct BenchChild: Sendable {
  let process: pid_t
  private let lifeline: Int32

  /// - Parameters:
  ///   - environment: added to the benchmark's own.
  ///   - output: the file that gets what it prints; nil to print nowhere.
  /// - Throws: `bench.failed` when it cannot be started.
  static func start(
    _ arguments: [String], environment: [String: String] = [:], output: String? = nil
  ) throws -> BenchChild {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw Problem.benchProcess(arguments[0]) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[0], 0)
    posix_spawn_file_actions_addopen(&actions, 1, output ?? "/dev/null", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    let merged = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
    var words = arguments.map { strdup($0) } + [nil]
    var settings = merged.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer {
      for text in words + settings { free(text) }
    }
    var process: pid_t = 0
    let failure = posix_spawnp(&process, arguments[0], &actions, nil, &words, &settings)
    close(ends[0])
    guard failure == 0 else {
      close(ends[1])
      throw Problem.benchProcess(arguments[0])
    }
    return BenchChild(process: process, lifeline: ends[1])
  }

  /// Asks it to finish and waits until it has.
  func stop() {
    kill(process, SIGTERM)
    _ = wait()
  }

  /// Waits for its end.
  /// - Returns: its exit code, or 128 and the signal that ended it.
  @discardableResult
  func wait() -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    close(lifeline)
    return status & 127 == 0 ? status >> 8 & 255 : 128 + status & 127
  }

  /// Resident megabytes now.
  var memory: Double {
    let text = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
    return (Double(line.filter(\.isNumber)) ?? 0) / 1024
  }

  /// Processor seconds of all children that have ended.
  static var endedSeconds: Double {
    var usage = rusage()
    getrusage(RUSAGE_CHILDREN.rawValue, &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }
}

/// One HTTP request to this machine over a connection of its own.
enum BenchProbe {
  struct Answer: Sendable {
    let status: Int
    let type: String
    let body: [UInt8]
  }

  /// Nil when nobody answers.
  static func get(_ path: String, port: Int) -> Answer? {
    send("GET \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n\r\n", port: port)
  }

  static func send(_ request: String, port: Int) -> Answer? {
    guard let socket = connected(port: port) else { return nil }
    defer { close(socket) }
    let bytes = Array(request.utf8)
    guard Glibc.send(socket, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
      return nil
    }
    var received: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(socket, &buffer, buffer.count, 0)
      if count <= 0 { break }
      received += buffer[..<count]
    }
    return parsed(received)
  }

  private static func parsed(_ bytes: [UInt8]) -> Answer? {
    let end = Array("\r\n\r\n".utf8)
    guard bytes.count > 12,
      let split = (0..<(bytes.count - 3)).first(where: { Array(bytes[$0..<($0 + 4)]) == end })
    else { return nil }
    let head = String(decoding: bytes[..<split], as: UTF8.self).components(separatedBy: "\r\n")
    let type = head.first { $0.lowercased().hasPrefix("content-type:") }.map { $0.dropFirst(13) } ?? ""
    return Answer(
      status: Int(head[0].split(separator: " ").dropFirst().first ?? "") ?? 0,
      type: type.trimmingCharacters(in: .whitespaces), body: Array(bytes[(split + 4)...]))
  }

  private static func connected(port: Int) -> Int32? {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return nil }
    var address = loopback(port)
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    if result == 0 { return descriptor }
    close(descriptor)
    return nil
  }

  private static func loopback(_ port: Int) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    return address
  }

  /// A port that nobody listens on now.
  static func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    defer { close(descriptor) }
    var address = loopback(0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
      }
    }
    guard isBound else { throw Problem.benchProcess("bind") }
    return Int(in_port_t(bigEndian: address.sin_port))
  }
}

extension Problem {
  static func benchProcess(_ name: String) -> Problem {
    .bench(Phrase("无法启动 \(name)。", "\(name) could not be started."))
  }
}
