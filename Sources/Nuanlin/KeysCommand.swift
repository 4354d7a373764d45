import ArgumentParser
import NuanlinServer

struct KeysCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys",
    abstract: "Counts the keys of single persons, changes them, and gives up those that are lost for good.")

  @OptionGroup var databaseOptions: DatabaseOptions

  @Flag(help: "Give up the records of persons whose keys are lost, so that the program starts again.")
  var giveUpMissing = false

  @Flag(help: "Give all words about people new keys now, as after a key may have leaked.")
  var rotate = false

  func run() async throws {
    let program = Program(try databaseOptions.settings())
    if rotate { return try Terminal.say(try await program.rotateKeys()) }
    try Terminal.say(
      giveUpMissing ? try await program.giveUpMissingKeys() : try await program.describePersonKeys())
  }
}
