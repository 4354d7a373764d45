import Kernel

/// Reads the values of an Office Open XML workbook (ECMA-376): text, numbers, dates as text, and what formulas last
/// gave. Everything else in the file is passed over.
package enum XLSXReader {
  /// Each sheet with content, in the order of the workbook.
  /// - Throws: `file.too_large`, `file.empty`, `file.damaged`, `file.unpacks_too_large`, `file.has_password`, and those
  ///   of the limits with their line.
  package static func read(_ bytes: [UInt8]) throws -> [SheetTable] {
    let workbook = try StoredWorkbook(bytes)
    let tables = try workbook.sheetNames.indices.compactMap(workbook.table)
    guard !tables.isEmpty else { throw Problem.fileEmpty }
    return tables
  }
}

/// An Office Open XML workbook whose sheets are read one by one, so that those nobody needs cost nothing.
package struct StoredWorkbook {
  private let archive: ZipArchive
  private let workbook: WorkbookPart
  private let strings: [String]
  private let styles: CellStyles

  /// - Throws: `file.too_large`, `file.old_spreadsheet`, `file.damaged`, `file.unpacks_too_large`,
  ///   `file.has_password`.
  package init(_ bytes: [UInt8]) throws {
    guard bytes.count <= SheetLimits.fileBytes else { throw Problem.fileTooLarge }
    guard !bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) else { throw Problem.fileOldSpreadsheet }
    archive = try ZipArchive(bytes)
    workbook = try WorkbookPart(archive)
    strings = try archive.content(of: workbook.sharedStrings).map(SharedStrings.read) ?? []
    styles = try archive.content(of: workbook.styles).map(CellStyles.init) ?? CellStyles.none
  }

  /// In the order of the workbook.
  package var sheetNames: [String] { workbook.sheets.map(\.name) }

  /// The sheet at a position of `sheetNames`.
  /// - Throws: `file.damaged` and those of the limits with their line.
  package func grid(_ position: Int) throws -> SheetGrid {
    let (part, content) = try part(position)
    return try part.grid(content)
  }

  /// The same as a plain table; nil for a sheet without content.
  func table(_ position: Int) throws -> SheetTable? {
    let (part, content) = try part(position)
    return try part.read(content)
  }

  private func part(_ position: Int) throws -> (SheetPart, [UInt8]) {
    guard workbook.sheets.indices.contains(position),
      let content = try archive.content(of: workbook.sheets[position].path)
    else { throw Problem.fileDamaged }
    let name = workbook.sheets[position].name
    let part = SheetPart(
      name: name, strings: strings, styles: styles, countsFrom1904: workbook.countsFrom1904)
    return (part, content)
  }
}

/// The list of sheets, and where their parts lie in the archive.
private struct WorkbookPart {
  private(set) var sheets: [(name: String, path: String)] = []
  private(set) var sharedStrings = "xl/sharedStrings.xml"
  private(set) var styles = "xl/styles.xml"
  private(set) var countsFrom1904 = false

  init(_ archive: ZipArchive) throws {
    let path = try Self.workbookPath(archive)
    guard let content = try archive.content(of: path) else { throw Problem.fileDamaged }
    let folder = path.split(separator: "/").dropLast().map(String.init)
    let file = path.split(separator: "/").last.map(String.init) ?? ""
    let relations = try Self.relations(
      archive, path: (folder + ["_rels", file + ".rels"]).joined(separator: "/"), folder: folder)
    for relation in relations.values {
      if relation.kind == "sharedStrings" { sharedStrings = relation.path }
      if relation.kind == "styles" { styles = relation.path }
    }
    var found: [(String, String)] = []
    var is1904 = false
    try XMLWalk.over(content) { event in
      guard case .start(let name, let attributes) = event else { return }
      if name == "workbookPr" { is1904 = ["1", "true"].contains(attributes["date1904"]) }
      guard name == "sheet" else { return }
      let identifier = attributes.first { $0.key.hasSuffix(":id") }?.value ?? ""
      guard let relation = relations[identifier] else { throw Problem.fileDamaged }
      if relation.kind == "worksheet" { found.append((attributes["name"] ?? "", relation.path)) }
    }
    sheets = found
    countsFrom1904 = is1904
  }

  private struct Relation {
    let kind: String
    let path: String
  }

  private static func workbookPath(_ archive: ZipArchive) throws -> String {
    let relations = try relations(archive, path: "_rels/.rels", folder: [])
    return relations.values.first { $0.kind == "officeDocument" }?.path ?? "xl/workbook.xml"
  }

  private static func relations(
    _ archive: ZipArchive, path: String, folder: [String]
  ) throws -> [String: Relation] {
    guard let content = try archive.content(of: path) else { return [:] }
    var relations: [String: Relation] = [:]
    try XMLWalk.over(content) { event in
      guard case .start("Relationship", let attributes) = event, attributes["TargetMode"] != "External",
        let identifier = attributes["Id"], let target = attributes["Target"],
        let kind = attributes["Type"]?.split(separator: "/").last
      else { return }
      relations[identifier] = Relation(kind: String(kind), path: resolved(target, folder: folder))
    }
    return relations
  }

  private static func resolved(_ target: String, folder: [String]) -> String {
    var path = target.hasPrefix("/") ? [] : folder
    for step in target.split(separator: "/") {
      if step == ".." {
        if !path.isEmpty { path.removeLast() }
      } else if step != "." {
        path.append(String(step))
      }
    }
    return path.joined(separator: "/")
  }
}

/// The texts that cells refer to by number.
private enum SharedStrings {
  /// More than the cells of the largest table that is read for each of ten sheets.
  private static let limit = 1_000_000

  static func read(_ content: [UInt8]) throws -> [String] {
    var strings: [String] = []
    var current = RichText()
    try XMLWalk.over(content) { event in
      if case .start("si", _) = event { current = RichText() }
      current.take(event)
      if case .end("si") = event {
        guard strings.count < limit else { throw Problem.fileUnpacksTooLarge }
        strings.append(current.text)
      }
    }
    return strings
  }
}

/// Joins the runs of a text, without the reading aids that stand beside Chinese or Japanese characters.
struct RichText {
  private var collected = ""
  private var isInText = false
  private var isInReadingAid = false

  mutating func take(_ event: XMLEvent) {
    switch event {
    case .start("t", _): isInText = true
    case .end("t"): isInText = false
    case .start("rPh", _): isInReadingAid = true
    case .end("rPh"): isInReadingAid = false
    case .text(let text): if isInText, !isInReadingAid { collected += text }
    default: break
    }
  }

  /// The text with `_x000A_` and the like, by which the format writes characters that XML cannot, put back.
  var text: String {
    guard collected.contains("_x") else { return collected }
    var result = ""
    var rest = collected[...]
    while let start = rest.firstRange(of: "_x") {
      result += rest[..<start.lowerBound]
      let code = rest[start.upperBound...].prefix(5)
      if code.utf8.count == 5, code.hasSuffix("_"), let value = UInt32(code.dropLast(), radix: 16),
        let scalar = Unicode.Scalar(value)
      {
        result.unicodeScalars.append(scalar)
        rest = rest[code.endIndex...]
      } else {
        result += "_x"
        rest = rest[start.upperBound...]
      }
    }
    return result + rest
  }
}
