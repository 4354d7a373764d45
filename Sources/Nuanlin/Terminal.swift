import Foundation
import Kernel

/// What the program says to the person at the keyboard, in both languages where it complains.
enum Terminal {
  /// At once, also where the output goes to a file: a server's first words are needed while it runs.
  /// - Throws: when it cannot be written, as on a full disk: a command whose answer is lost has not done its work.
  static func say(_ text: String) throws {
    try FileHandle.standardOutput.write(contentsOf: Data((text + "\n").utf8))
  }

  static func error(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
  }

  static func complain(_ problem: Problem) {
    for language in Language.allCases {
      error([problem.title, problem.advice].compactMap { $0?[language] }.joined(separator: " "))
      for field in problem.fields {
        let line = field.line.map { language == .chinese ? "第 \($0) 行 " : "line \($0) " } ?? ""
        error("  \(line)\(field.field): \(field.message[language])")
      }
    }
    error("(\(problem.code))")
  }
}
