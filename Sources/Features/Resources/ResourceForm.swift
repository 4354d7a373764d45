import Kernel
import Web

/// Reads what many forms of Resources have alike.
enum ResourceForm {
  /// The revision that somebody saw when they pressed a button: what was changed since is not written over.
  /// - Throws: `form.invalid`.
  static func seen(_ form: Form) throws -> Int64 {
    var reader = FormReader(form)
    let seen = reader.integer("seen", in: 0...Int64.max)
    try reader.finish()
    guard let seen else { throw Problem.internalFault }
    return seen
  }
}
