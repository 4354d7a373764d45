import CZip
import Kernel

/// Opens a zip archive held in memory, within strict limits, so that a small file cannot unpack into a large one.
final class ZipArchive {
  /// Field rule §3.15.
  private enum Limits {
    static let entries: Int64 = 200
    static let unpacked: UInt64 = 50 << 20
    static let ratio: UInt64 = 100
    /// Below this size a high ratio does no harm, and honest files of repeated words reach it.
    static let ratioFreely: UInt64 = 256 << 10
  }

  private let archive: OpaquePointer
  // The archive reads from this memory for as long as it is open.
  private let memory: UnsafeMutableRawBufferPointer
  private var indices: [String: UInt64] = [:]

  /// - Throws: `file.damaged`, `file.unpacks_too_large`, `file.has_password`.
  init(_ bytes: [UInt8]) throws {
    memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, bytes.count), alignment: 1)
    memory.copyBytes(from: bytes)
    var opened: OpaquePointer?
    if let source = zip_source_buffer_create(memory.baseAddress, UInt64(bytes.count), 0, nil) {
      opened = zip_open_from_source(source, ZIP_RDONLY | Int32(ZIP_CHECKCONS), nil)
      if opened == nil { zip_source_free(source) }
    }
    guard let opened else {
      memory.deallocate()
      throw Problem.fileDamaged
    }
    archive = opened
    try takeStock()
  }

  deinit {
    zip_discard(archive)
    memory.deallocate()
  }

  var names: [String] { Array(indices.keys) }

  /// The content of an entry; nil when there is none of this name.
  /// - Throws: `file.damaged` when it does not unpack to what the archive says.
  func content(of name: String) throws -> [UInt8]? {
    guard let index = indices[name] else { return nil }
    let size = Int(try status(index).size)
    guard let entry = zip_fopen_index(archive, index, 0) else { throw Problem.fileDamaged }
    defer { zip_fclose(entry) }
    // One byte more than announced would show an entry that lies about its size.
    var content = [UInt8](repeating: 0, count: size + 1)
    var filled = 0
    while filled <= size {
      let wanted = size + 1 - filled
      let count = content.withUnsafeMutableBytes { buffer in
        zip_fread(entry, buffer.baseAddress?.advanced(by: filled), UInt64(wanted))
      }
      guard count >= 0 else { throw Problem.fileDamaged }
      if count == 0 { break }
      filled += Int(count)
    }
    guard filled == size else { throw Problem.fileDamaged }
    content.removeLast()
    return content
  }

  private func takeStock() throws {
    let count = zip_get_num_entries(archive, 0)
    guard count >= 0, count <= Limits.entries else { throw Problem.fileUnpacksTooLarge }
    var total: UInt64 = 0
    for index in 0..<UInt64(count) {
      let entry = try status(index)
      guard entry.encryption_method == ZIP_EM_NONE else { throw Problem.fileHasPassword }
      total += min(entry.size, Limits.unpacked + 1)
      guard total <= Limits.unpacked,
        entry.size <= Limits.ratioFreely || entry.size / max(1, entry.comp_size) <= Limits.ratio
      else { throw Problem.fileUnpacksTooLarge }
      guard let pointer = entry.name, let name = String(validatingCString: pointer),
        indices.updateValue(index, forKey: name) == nil
      else { throw Problem.fileDamaged }
    }
  }

  private func status(_ index: UInt64) throws -> zip_stat_t {
    var status = zip_stat_t()
    let needed = UInt64(ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_ENCRYPTION_METHOD)
    guard zip_stat_index(archive, index, 0, &status) == 0, status.valid & needed == needed else {
      throw Problem.fileDamaged
    }
    return status
  }
}

extension Problem {
  static let fileDamaged = file(
    "file.damaged", Phrase("这个表格文件损坏了，或者不是 XLSX 文件。", "This spreadsheet is damaged, or no XLSX file."),
    advice: Phrase("请重新导出或另存一份再上传。", "Please export or save it once more and send that."))

  static let fileUnpacksTooLarge = file(
    "file.unpacks_too_large",
    Phrase("这个文件解开以后太大，没有读它。", "This file would unpack to more than we read."),
    advice: Phrase(
      "请去掉图片和用不到的工作表，再另存一份上传。", "Please remove pictures and sheets not needed, save it again and send that."))

  static let fileHasPassword = file(
    "file.has_password", Phrase("这个文件加了密码。", "This file has a password."),
    advice: Phrase("请去掉密码再上传。", "Please remove the password and send it again."))
}
