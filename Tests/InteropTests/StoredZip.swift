/// Makes zip archives without compression, well formed or deliberately not, so that tests can put anything into a
/// workbook.
struct StoredZip {
  var entries: [(name: String, content: [UInt8])] = []
  /// What the archive says an entry unpacks to, where that shall be a lie.
  var statedSizes: [String: UInt32] = [:]

  var bytes: [UInt8] {
    var body: [UInt8] = []
    var directory: [UInt8] = []
    for (name, content) in entries {
      let size = UInt32(content.count)
      let stated = statedSizes[name] ?? size
      let common =
        little(UInt16(20)) + little(UInt16(0)) + little(UInt16(0)) + little(UInt32(0))
        + little(Self.checksum(content))
        + little(size) + little(stated) + little(UInt16(name.utf8.count)) + little(UInt16(0))
      directory += [0x50, 0x4B, 1, 2] + little(UInt16(20)) + common + little(UInt16(0)) + little(UInt16(0))
      directory += little(UInt16(0)) + little(UInt32(0)) + little(UInt32(body.count)) + Array(name.utf8)
      body += [0x50, 0x4B, 3, 4] + common + Array(name.utf8) + content
    }
    let count = little(UInt16(entries.count))
    return body + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + count + count
      + little(UInt32(directory.count)) + little(UInt32(body.count)) + little(UInt16(0))
  }

  /// A workbook of one sheet whose parts are these.
  static func workbook(sheet: String, strings: String = "", styles: String = "", extra: String = "")
    -> StoredZip
  {
    let head = #"<?xml version="1.0" encoding="UTF-8"?>"#
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    var zip = StoredZip()
    func add(_ name: String, _ text: String) { zip.entries.append((name, Array((head + text).utf8))) }
    add(
      "_rels/.rels",
      #"<Relationships><Relationship Id="r1" Type="\#(kind)/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
    )
    add(
      "xl/workbook.xml",
      #"<workbook>\#(extra)<sheets><sheet name="一" sheetId="1" r:id="r1"/></sheets></workbook>"#)
    add(
      "xl/_rels/workbook.xml.rels",
      #"<Relationships><Relationship Id="r1" Type="\#(kind)/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
    )
    zip.entries.append(("xl/worksheets/sheet1.xml", Array(sheet.utf8)))
    if !strings.isEmpty { add("xl/sharedStrings.xml", strings) }
    if !styles.isEmpty { add("xl/styles.xml", styles) }
    return zip
  }

  private static let remainders: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum = UInt32.max
    for byte in bytes { sum = sum >> 8 ^ remainders[Int((sum ^ UInt32(byte)) & 255)] }
    return ~sum
  }

  private func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }
}
