package import Kernel

/// What `nuanlin check` found.
package struct CheckReport: Sendable {
  package let breaches: [Breach]

  package var summary: String {
    breaches.isEmpty
      ? "一切相符。Everything agrees with the rules."
      : "发现 \(breaches.count) 处不符。\(breaches.count) breaches found."
  }
}

extension Program {
  /// Looks the whole database over, without changing it.
  package func check() async throws -> CheckReport {
    CheckReport(breaches: try await withSwitchboard { try await $0.breaches() })
  }
}
