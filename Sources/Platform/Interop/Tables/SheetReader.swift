import Kernel

/// Reads a table file that somebody sent, CSV or XLSX, told apart by its content and never by its name.
package struct SheetReader: Sendable {
  private let threads: BoundedThreads

  /// - Parameters:
  ///   - threads: files read at one time, on threads of their own.
  ///   - waiting: files that may wait.
  package init(threads: Int = 1, waiting: Int = 8) {
    self.threads = BoundedThreads(threads: threads, waiting: waiting)
  }

  /// All tables of the file: one for CSV; for XLSX each sheet with content, in the order of the workbook.
  /// - Parameter encoding: of a CSV file, when the sender says which; nil to find out.
  /// - Throws: `file.*` problems that say what is wrong on which line; `file.busy` when too many files wait.
  package func read(_ bytes: [UInt8], encoding: TextEncoding? = nil) async throws -> [SheetTable] {
    try await threads.run(busy: .fileBusy) { try Self.readNow(bytes, encoding: encoding) }
  }

  /// As `read`, on the thread of the caller: for commands and tests.
  package static func readNow(_ bytes: [UInt8], encoding: TextEncoding? = nil) throws -> [SheetTable] {
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return try XLSXReader.read(bytes) }
    if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { throw Problem.fileOldSpreadsheet }
    return [try CSVReader.read(bytes, encoding: encoding)]
  }
}

extension Problem {
  static let fileBusy = Problem(
    "file.busy", status: 503, Phrase("正在处理的文件有点多。", "Many files are being read right now."),
    advice: Phrase("请过几秒再上传。", "Please send it again in a few seconds."), retryAfter: 5)

  static let fileOldSpreadsheet = file(
    "file.old_spreadsheet",
    Phrase("这是旧版的 XLS 文件，或者加了密码。", "This is a spreadsheet in the old XLS form, or one with a password."),
    advice: Phrase("请去掉密码，另存为 XLSX 再上传。", "Please remove the password, save it as XLSX and send that."))
}
