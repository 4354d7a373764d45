import Foundation
import Metrics

/// What the machine says of this process.
enum ProcessMetrics {
  /// Records resident memory; read from the kernel when somebody asks.
  static func record() {
    guard let bytes = residentBytes() else { return }
    Gauge(label: "process_resident_memory_bytes").record(bytes)
  }

  /// Resident memory in bytes; nil where the kernel does not tell.
  static func residentBytes() -> Int64? {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
    let parts = text.split(separator: " ")
    guard parts.count > 1, let pages = Int64(parts[1]) else { return nil }
    return pages * Int64(sysconf(Int32(_SC_PAGESIZE)))
  }
}
