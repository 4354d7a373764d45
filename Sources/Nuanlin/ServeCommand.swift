import ArgumentParser
import NuanlinServer

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Serves the communities of a database until it is asked to stop.")

  @OptionGroup var databaseOptions: DatabaseOptions
  @OptionGroup var serverOptions: ServerOptions

  func run() async throws {
    let settings = try serverOptions.apply(to: try databaseOptions.settings())
    try await Program(settings).serve()
  }
}
