import Foundation

/// Another implementation to compare with: a script that reads a question as JSON and answers with JSON, run by the Python
/// of `make test` with the packages of e2e/requirements.txt.
package struct PythonReference: Sendable {
  private let script: URL

  /// - Parameter script: its path below the root of the project.
  package init(_ script: String) {
    self.script = Self.root.appending(path: script)
  }

  private static let root = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL
  private static let python = root.appending(path: ".venv/bin/python")

  /// Whether the comparison can be made. With `NUANLIN_REQUIRE_REFERENCES=1` it is made always, and fails without Python.
  package static var isAvailable: Bool {
    ProcessInfo.processInfo.environment["NUANLIN_REQUIRE_REFERENCES"] == "1"
      || FileManager.default.isExecutableFile(atPath: python.path)
  }

  /// What the script makes of a question.
  /// - Throws: ``Failure`` when it ends with anything but 0.
  package func answer<Answer: Decodable & Sendable>(
    _ question: some Encodable, as type: Answer.Type = Answer.self
  ) async throws -> Answer {
    let asked = try JSONEncoder().encode(question)
    let answered = try await TestThreads.run { try run(asked) }
    return try JSONDecoder().decode(type, from: answered)
  }

  private func run(_ asked: Data) throws -> Data {
    let name = "nuanlin-reference-\(UUID().uuidString)"
    let folder = FileManager.default.temporaryDirectory.appending(path: name)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    // Files, since a pipe that nobody reads holds its writer up.
    let input = folder.appending(path: "question.json")
    let output = folder.appending(path: "answer.json")
    try asked.write(to: input)
    try Data().write(to: output)
    let process = Process()
    process.executableURL = Self.python
    process.arguments = [script.path]
    process.standardInput = try FileHandle(forReadingFrom: input)
    process.standardOutput = try FileHandle(forWritingTo: output)
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure(status: process.terminationStatus) }
    return try Data(contentsOf: output)
  }

  /// The script ended badly; what it said of it stands in the output of the tests.
  package struct Failure: Error {
    package let status: Int32
  }
}
