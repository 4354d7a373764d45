import Foundation
import Kernel
import Web

/// A JSON file in which an operator says which services outside are set up. It names the files in which secrets stand and
/// holds none itself.
struct ServiceFile: Sendable {
  private let json: JSON
  private let lacking: @Sendable (String) -> Problem

  /// - Parameter lacking: the problem that names a part which is missing.
  /// - Throws: that problem for `file`, and `json.malformed`.
  init(path: String, lacking: @escaping @Sendable (String) -> Problem) throws {
    guard let data = FileManager.default.contents(atPath: path) else { throw lacking("file") }
    json = try JSON([UInt8](data))
    self.lacking = lacking
  }

  /// One service's part of the file; nil where it is not set up.
  func service(_ name: String) -> Fields? {
    json[name].map { Fields(json: $0, service: name, lacking: lacking) }
  }

  struct Fields: Sendable {
    fileprivate let json: JSON
    fileprivate let service: String
    fileprivate let lacking: @Sendable (String) -> Problem

    subscript(_ name: String) -> String {
      get throws {
        guard let text = optional(name) else { throw lacking("\(service).\(name)") }
        return text
      }
    }

    func optional(_ name: String) -> String? {
      if case .string(let text)? = json[name], !text.isEmpty { return text }
      return nil
    }
  }
}
