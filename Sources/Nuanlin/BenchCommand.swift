import ArgumentParser
import Dispatch
import Foundation
import NuanlinServer

struct BenchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measures pages and orders, each figure beside its floor from the same run.",
    subcommands: [Run.self, ServeSubject.self, ServeBare.self], defaultSubcommand: Run.self)

  struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "run", abstract: "Measures and prints the table.")

    @Flag(help: "Small sizes only.")
    var quick = false

    @Option(help: "One size of the catalogue only, in products.")
    var products: Int?

    @Option(help: "One number of stored orders only.")
    var orders: Int?

    @Option(help: "The analysis of this many answers only.")
    var answers: Int?

    @Option(help: "The network of this many ties only.")
    var ties: Int?

    @Option(help: "Folder with the clients' scripts.")
    var scripts = "bench"

    @Option(
      help: "Where the databases are made; they are removed at the end. On the kind of disk to be measured.")
    var folder = FileManager.default.temporaryDirectory.path

    @Option(
      help: "An empty PostgreSQL database; also NUANLIN_BENCH_POSTGRES. Without it SQLite alone is measured.")
    var postgres: String?

    func run() async throws {
      let environment = ProcessInfo.processInfo.environment
      let all = quick ? BenchPlan.quick : .full
      let options = BenchOptions(
        plan: answers.map(all.limited(toAnswers:)) ?? ties.map(all.limited(toTies:))
          ?? all.limited(products: products, orders: orders),
        executable: try Self.executable(), scripts: scripts, folder: folder,
        postgres: postgres ?? environment["NUANLIN_BENCH_POSTGRES"])
      let work = Task { try await Bench(options) { Terminal.error($0) }.measure() }
      let signals = [SIGINT, SIGTERM].map { number in
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number)
        source.setEventHandler { work.cancel() }
        source.resume()
        return source
      }
      let table = try await work.value
      for source in signals { source.cancel() }
      try Terminal.say(table)
    }

    private static func executable() throws -> String {
      try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    }
  }

  struct ServeSubject: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "serve-subject", shouldDisplay: false)

    @OptionGroup var databaseOptions: DatabaseOptions
    @Option var port: Int

    func run() async throws {
      var settings = try databaseOptions.settings()
      settings.port = port
      try await BenchServers.serveSubject(settings)
    }
  }

  struct ServeBare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "serve-bare", shouldDisplay: false)

    @Option var port: Int
    @Argument var files: [String]

    func run() async throws {
      try await BenchServers.serveBare(port: port, files: files)
    }
  }
}
