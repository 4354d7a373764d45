import ArgumentParser
import NuanlinServer

struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Reads a merchant's products from a CSV or XLSX file: all of it, or nothing.")

  @OptionGroup var databaseOptions: DatabaseOptions

  @Option(help: "The merchant's name or identifier.")
  var merchant: String

  @Flag(help: "Only say what would happen.")
  var dryRun = false

  @Argument(help: "The file; CSV in UTF-8 or GB18030, or XLSX.")
  var file: String

  func run() async throws {
    let program = Program(try databaseOptions.settings())
    try Terminal.say(
      try await program.importProducts(ProductFile(path: file, merchant: merchant), isDryRun: dryRun))
  }
}

struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Writes a merchant's products to a CSV or XLSX file, by its ending.")

  @OptionGroup var databaseOptions: DatabaseOptions

  @Option(help: "The merchant's name or identifier.")
  var merchant: String

  @Argument(help: "The file to write; it must not be there yet.")
  var file: String

  func run() async throws {
    let program = Program(try databaseOptions.settings())
    try Terminal.say(await program.exportProducts(ProductFile(path: file, merchant: merchant)))
  }
}
