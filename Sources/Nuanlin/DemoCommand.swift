import ArgumentParser
import NuanlinServer

struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Builds a living demo community when the database is empty, and serves it.")

  @OptionGroup var databaseOptions: DatabaseOptions
  @OptionGroup var serverOptions: ServerOptions

  @Flag(help: "Print who can sign in as JSON, and end.")
  var signInsJson = false

  @Flag(help: "Build the community and end, without serving it.")
  var buildOnly = false

  func run() async throws {
    if signInsJson { return try Terminal.say(Demo.signInsAsJSON()) }
    let base = try databaseOptions.settings(orElse: "sqlite:data/demo.sqlite")
    let program = Program(try serverOptions.apply(to: base))
    let outcome = try await Demo.buildIfEmpty(program) { try? Terminal.say($0) }
    try Terminal.say(outcome)
    if buildOnly { return }
    try Terminal.say(Demo.signInsAsText(port: serverOptions.port))
    try await program.serve()
  }
}
