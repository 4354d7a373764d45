import ArgumentParser
import Kernel
import Logging
import NuanlinServer

/// The program. Exit codes: 0 well, 1 found wrong, 2 used wrongly.
@main
struct NuanlinCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nuanlin",
    abstract: "暖邻: community commerce with a social worker beside it. 社区团购与社会工作，一台机器就能办。",
    version: Program.version,
    subcommands: [
      ServeCommand.self, DemoCommand.self, CheckCommand.self, UserCommand.self, ImportCommand.self,
      ExportCommand.self, PracticeCommand.self, KeysCommand.self, BenchCommand.self,
    ])

  static func main() async {
    LoggingSystem.bootstrap { LineLog(label: $0) }
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let problem as Problem {
      Terminal.complain(problem)
      exit(withError: ExitCode(1))
    } catch let error where exitCode(for: error) == .validationFailure {
      Terminal.error(fullMessage(for: error))
      exit(withError: ExitCode(2))
    } catch {
      exit(withError: error)
    }
  }
}
