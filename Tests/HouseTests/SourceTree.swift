import Foundation

/// A file of the project, with its path from the top of the tree.
struct ProjectFile: Sendable, CustomStringConvertible {
  let path: String
  let text: String

  var description: String { path }
  var name: String { path.split(separator: "/").last.map(String.init) ?? path }
  var lineCount: Int { text.utf8.count { $0 == 10 } + (text.isEmpty || text.hasSuffix("\n") ? 0 : 1) }
}

/// A Swift file, with what its comments, its literals and the rest of it say kept apart.
struct SwiftFile: Sendable, CustomStringConvertible {
  let file: ProjectFile
  let source: SwiftSource

  init(_ file: ProjectFile) {
    self.file = file
    source = SwiftSource(file.text)
  }

  var path: String { file.path }
  var description: String { path }

  /// `Kernel` for `Sources/Platform/Kernel/Money.swift`, `Shop` for `Sources/Features/Shop/…`.
  var module: String {
    let parts = path.split(separator: "/").map(String.init)
    return ["Platform", "Features"].contains(parts[1]) ? parts[2] : parts[1]
  }

  var isFeature: Bool { path.hasPrefix("Sources/Features/") }
}

/// The project's own files, read once.
enum SourceTree {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static let files: [ProjectFile] = read()
  static let swift: [SwiftFile] = files.filter { $0.path.hasSuffix(".swift") }.map(SwiftFile.init)
  static let sources: [SwiftFile] = swift.filter { $0.path.hasPrefix("Sources/") }

  /// What `.gitignore` keeps out of the project.
  private static let outside: Set<String> = [
    ".git", "data", "output", "__pycache__", ".pytest_cache", ".DS_Store", "Package.resolved", ".swiftpm",
  ]

  private static func read() -> [ProjectFile] {
    let top = root.path(percentEncoded: false)
    guard let walk = FileManager.default.enumerator(atPath: top) else { return [] }
    var files: [ProjectFile] = []
    while let path = walk.nextObject() as? String {
      let name = path.split(separator: "/").last.map(String.init) ?? path
      if outside.contains(name) || name.hasPrefix(".build") || name.hasPrefix(".venv") {
        walk.skipDescendants()
      } else if let bytes = FileManager.default.contents(atPath: top + "/" + path),
        let text = String(validating: bytes, as: UTF8.self)
      {
        files.append(ProjectFile(path: path, text: text))
      }
    }
    return files.sorted { $0.path < $1.path }
  }
}
