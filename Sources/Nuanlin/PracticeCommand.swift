import ArgumentParser
import NuanlinServer

struct PracticeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "practice",
    abstract: "Makes a practice shop from what the first community sells: no people, no orders, no money.")

  @OptionGroup var databaseOptions: DatabaseOptions

  @Option(help: "Host name that the practice shop answers to.")
  var host: String

  func run() async throws {
    let program = Program(try databaseOptions.settings())
    try Terminal.say(try await program.makePractice(host: host))
  }
}
