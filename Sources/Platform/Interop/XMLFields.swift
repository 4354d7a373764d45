import Kernel

/// The fields of a small XML document whose root holds nothing but text under names, as services outside send them.
package enum XMLFields {
  /// - Returns: the text under each name; what stands deeper, or a second time, is left out.
  /// - Throws: `file.damaged` for a document that is not well formed, or declares anything of its own.
  package static func read(_ document: [UInt8]) throws -> [String: String] {
    var fields: [String: String] = [:]
    var (depth, name, text) = (0, "", "")
    try XMLWalk.over(document) { event in
      switch event {
      case .start(let started, _):
        depth += 1
        if depth == 2 { (name, text) = (started, "") }
      case .text(let part):
        if depth == 2 { text += part }
      case .end:
        if depth == 2, fields[name] == nil { fields[name] = text }
        depth -= 1
      }
    }
    return fields
  }
}
