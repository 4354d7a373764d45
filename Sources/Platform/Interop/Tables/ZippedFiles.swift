import Kernel

/// The files of a zip archive, for what comes in one without being a spreadsheet.
package enum ZippedFiles {
  /// Every file of the archive, in the order of their names; folders are left out.
  ///
  /// Names in another encoding than UTF-8 are told apart, and need not be readable.
  /// - Throws: `file.damaged`, `file.unpacks_too_large`, `file.has_password`.
  package static func contents(_ bytes: [UInt8]) throws -> [(name: String, bytes: [UInt8])] {
    let archive = try ZipArchive(bytes)
    return try archive.names.sorted().filter { !$0.hasSuffix("/") }.map { name in
      guard let content = try archive.content(of: name) else { throw Problem.fileDamaged }
      return (name, content)
    }
  }
}
