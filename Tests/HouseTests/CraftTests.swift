import Foundation
import Testing

/// What no file of the project does.
@Suite struct CraftTests {
  private static let banned: [(word: String, instead: String)] = [
    ("fatalError(", "throw a Problem"),
    ("preconditionFailure(", "throw a Problem"),
    ("try!", "let the error through"),
    ("Task.detached", "start work in the background work, or in a task group"),
    ("nonisolated(unsafe)", "use a Mutex"),
    ("@unchecked Sendable", "use a Mutex, or name the lock in a comment beside it"),
    ("@preconcurrency", "import a module that knows Sendable"),
  ]

  /// Marks of unfinished work, spelt so that this file does not carry them.
  private let mark = /\b(?:TOD[O]|FIXM[E]|XX[X])\b/

  @Test func `nobody uses what ends the program or hides a race`() {
    for file in SourceTree.swift {
      for code in file.source.codes {
        for (word, instead) in Self.banned {
          for range in code.text.ranges(of: word) {
            let line = file.source.line(of: range.lowerBound, in: code)
            if word == "@unchecked Sendable", Self.namesLock(near: line, file) { continue }
            Issue.record("\(file.path):\(line): \(word) — \(instead)")
          }
        }
      }
    }
  }

  private static func namesLock(near line: Int, _ file: SwiftFile) -> Bool {
    file.source.comments.contains { comment in
      abs(comment.line - line) <= 4 && comment.text.contains(/(?i)\b(?:lock|mutex|queue)\b/)
    }
  }

  @Test func `nothing is left for later`() {
    for file in SourceTree.files where !file.path.hasSuffix(".swift") {
      #expect(!file.text.contains(mark), "\(file.path): unfinished")
    }
    for file in SourceTree.swift {
      let written = file.source.codes.map(\.text) + file.source.comments.map(\.text)
      #expect(!written.contains { $0.contains(mark) }, "\(file.path): unfinished")
    }
  }

  @Test func `only the command line prints`() {
    let call = /(?:^|[^.\w])((?:debugP|p)rint|dump)\(/
    for file in SourceTree.sources where file.file.name != "Terminal.swift" {
      for code in file.source.codes {
        for match in code.text.matches(of: call) {
          let before = code.text[..<match.range.lowerBound].suffix(4)
          if before == "func" { continue }
          let line = file.source.line(of: match.1.startIndex, in: code)
          Issue.record("\(file.path):\(line): \(match.1)( — log constant text, or write to the Terminal")
        }
      }
    }
  }

  @Test func `files of more than 400 lines hold two ideas`() {
    for file in SourceTree.swift {
      let length = file.file.lineCount
      if let allowed = Exceptions.longFiles[file.path] {
        #expect(length > 400, "\(file.path) is short again: take it out of Exceptions.longFiles")
        #expect(length <= allowed, "\(file.path) has grown from \(allowed) to \(length) lines")
      } else {
        #expect(length <= 400, "\(file.path) has \(length) lines: split it")
      }
    }
    for path in Exceptions.longFiles.keys.sorted() {
      #expect(
        SourceTree.swift.contains { $0.path == path }, "\(path) is gone: take it out of Exceptions.longFiles")
    }
  }

  @Test func `functions of more than 40 lines hold two ideas`() {
    var seen: Set<String> = []
    var functions = 0
    for file in SourceTree.sources {
      for function in file.source.functions {
        functions += 1
        guard function.lines > 40 else { continue }
        let entry = "\(file.path) \(function.name)"
        seen.insert(entry)
        let allowed = Exceptions.longFunctions[entry]
        #expect(
          function.lines <= allowed ?? 40,
          "\(file.path):\(function.line): \(function.name) has \(function.lines) lines: split it")
      }
    }
    #expect(functions > 500, "the functions were not found")
    for entry in Exceptions.longFunctions.keys.sorted() {
      #expect(seen.contains(entry), "\(entry) is short again: take it out of Exceptions.longFunctions")
    }
  }
}

extension SwiftSource {
  struct Function {
    let name: String
    let line: Int
    /// From the line after the opening brace to the line before the closing one.
    let lines: Int
  }

  /// The functions, initialisers and computed properties with a body.
  var functions: [Function] {
    let declaration =
      #/
      \b(?:func\s+([^\s(<]+|`[^`]*`)|(init)[?]?(?=\s*[(<])|var\s+(\w+)\s*:[^=\n{]*(?={))
      /#
    return codes.flatMap { code in
      code.text.matches(of: declaration).compactMap { match -> Function? in
        guard let body = Self.body(after: match.range.upperBound, in: code.text) else { return nil }
        let first = line(of: body.lowerBound, in: code)
        let last = line(of: body.upperBound, in: code)
        return Function(
          name: String(match.1 ?? match.2 ?? match.3 ?? ""), line: line(of: match.range.lowerBound, in: code),
          lines: max(1, last - first - 1))
      }
    }
  }

  /// From the opening to the closing brace of the body that follows a declaration; nil when it has none.
  private static func body(after start: String.Index, in text: String) -> Range<String.Index>? {
    let scalars = text.utf8
    var (parentheses, braces) = (0, 0)
    var opening: String.Index?
    var place = start
    while place < text.endIndex {
      switch scalars[place] {
      case UInt8(ascii: "("), UInt8(ascii: "["): parentheses += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"):
        parentheses -= 1
        if parentheses < 0 { return nil }
      case UInt8(ascii: "{") where parentheses == 0 || opening != nil:
        braces += 1
        opening = opening ?? place
      case UInt8(ascii: "}") where opening != nil:
        braces -= 1
        if braces == 0, let opening { return opening..<place }
      case UInt8(ascii: "}") where parentheses == 0:
        return nil
      case UInt8(ascii: "\n") where opening == nil && parentheses == 0:
        // A requirement or a call such as `self.init(…)` ends with its line unless what follows goes on with it.
        let rest = text[scalars.index(after: place)...].drop { $0 == " " }
        if !["{", ")", "-> ", "where ", "throws", "async", "rethrows"].contains(where: { rest.hasPrefix($0) })
        {
          return nil
        }
      default: break
      }
      place = scalars.index(after: place)
    }
    return nil
  }
}
