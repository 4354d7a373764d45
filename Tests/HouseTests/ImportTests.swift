import Foundation
import Testing

/// One direction: `Nuanlin → NuanlinServer → Features → Platform`; and who may name which library.
@Suite struct ImportTests {
  private static let platform: Set<String> = [
    "Kernel", "Statistics", "Security", "Database", "Web", "Interop",
  ]

  /// What each of our modules may import of our modules. A feature not named here may import `feature`.
  private static let directions: [String: Set<String>] = [
    "Kernel": [], "Statistics": [], "Security": ["Kernel"], "Database": ["Kernel"],
    "Web": ["Kernel", "Security"],
    "Interop": ["Kernel"],
    "People": platform, "Messages": platform.union(["People"]), "Nuanlin": ["Kernel", "NuanlinServer"],
  ]
  private static let feature = platform.union(["People", "Messages"])

  /// Where each library may be imported, as beginnings of paths.
  private static let libraries: [String: [String]] = {
    let database = ["Sources/Platform/Database/"]
    let interop = ["Sources/Platform/Interop/"]
    let web = ["Sources/Platform/Web/"]
    let server = ["Sources/NuanlinServer/"]
    let pages = web + ["Sources/Features/"] + server
    let anywhere = ["Sources/"]
    return [
      "CPostgres": database, "GRDB": database, "GRDBSQLite": database,
      "CQREncode": interop, "CSpawn": interop, "CXLSXWriter": interop, "CZip": interop,
      "FoundationXML": interop,
      "CryptoExtras": ["Sources/Platform/Security/"], "SwiftASN1": ["Sources/Platform/Security/"],
      "Crypto": ["Sources/Platform/Security/", "Sources/Platform/Database/"] + pages,
      "Hummingbird": pages, "HTTPTypes": pages, "HummingbirdCore": web + server, "NIOHTTPTypes": web,
      "NIOCore": web + server,
      "AsyncHTTPClient": server, "NIOHTTP1": server, "HummingbirdTLS": server, "NIOSSL": server,
      "ServiceLifecycle": web + server,
      "Metrics": ["Sources/Features/"] + database + server,
      "CoreMetrics": server,
      "Configuration": server,
      "ArgumentParser": ["Sources/Nuanlin/"],
      "Glibc": ["Sources/Platform/", "Sources/NuanlinServer/Bench/"],
      "Darwin": ["Sources/Platform/", "Sources/NuanlinServer/Bench/"],
      "Dispatch": database + server + ["Sources/Nuanlin/"],
      "Foundation": ["Sources/Platform/Security/"] + database + interop + pages + ["Sources/Nuanlin/"],
      "Logging": database + interop + pages + ["Sources/Nuanlin/"],
      "Synchronization": anywhere,
    ]
  }()

  private static let modules = Set(SourceTree.sources.map(\.module))
  private static let features = Set(SourceTree.sources.filter(\.isFeature).map(\.module))

  @Test func `every module imports only what stands below it`() {
    #expect(Self.modules.count >= 9, "the source tree was not found")
    var against: Set<String> = []
    for file in SourceTree.sources {
      for (module, line) in file.imports
      where Self.modules.contains(module) && !Self.allowed(file.module).contains(module) {
        against.insert("\(file.path) \(module)")
        #expect(
          Exceptions.imports.contains("\(file.path) \(module)"),
          "\(file.path):\(line): \(file.module) must not import \(module)")
      }
    }
    for entry in Exceptions.imports.sorted() {
      #expect(against.contains(entry), "\(entry) is no exception any more: take it out of Exceptions.imports")
    }
  }

  private static func allowed(_ module: String) -> Set<String> {
    if module == "NuanlinServer" { return platform.union(features) }
    return directions[module] ?? (features.contains(module) ? feature : [])
  }

  @Test func `every library is imported only where it belongs`() {
    for file in SourceTree.sources {
      for (module, line) in file.imports where !Self.modules.contains(module) {
        let places = Self.libraries[module]
        #expect(
          places?.contains { file.path.hasPrefix($0) } == true,
          "\(file.path):\(line): \(module) \(places.map { "belongs in \($0)" } ?? "has no place in ImportTests yet")"
        )
      }
    }
  }

  @Test func `no source looks inside another module as tests do`() {
    for file in SourceTree.sources {
      #expect(!file.source.codes.contains { $0.text.contains("@testable") }, "\(file.path)")
    }
  }
}

extension SwiftFile {
  /// The modules that this file imports, each with its line.
  var imports: [(module: String, line: Int)] {
    let pattern =
      #/
      (?m)^\s*(?:@\w+\s+)*(?:(?:package|internal|private|fileprivate|public)\s+)?import\s+
      (?:(?:struct|class|enum|func|protocol|typealias|var|let)\s+)?(\w+)
      /#
    return source.codes.flatMap { code in
      code.text.matches(of: pattern).map { (String($0.1), source.line(of: $0.1.startIndex, in: code)) }
    }
  }
}
