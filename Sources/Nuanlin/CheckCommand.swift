import ArgumentParser
import Kernel
import NuanlinServer

struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Verifies stock, pickup custody, people and the audit chain against their invariants.")

  @OptionGroup var databaseOptions: DatabaseOptions

  func run() async throws {
    let report = try await Program(try databaseOptions.settings()).check()
    for breach in report.breaches { try Terminal.say("BREACH \(breach.name): \(breach.detail)") }
    try Terminal.say(report.summary)
    if !report.breaches.isEmpty { throw ExitCode(1) }
  }
}
