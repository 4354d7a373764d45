import Kernel

/// Reads `multipart/form-data` (RFC 7578) strictly: anything that browsers do not write is refused.
struct MultipartReader {
  private static let maximumHeaderBytes = 8 * 1024
  private let bytes: [UInt8]
  private let delimiter: [UInt8]
  private var position = 0

  /// - Throws: `form.unreadable` (400) when the content type names no usable boundary.
  init(bytes: [UInt8], contentType: String) throws {
    let parameter = contentType.split(separator: ";").dropFirst()
      .map { $0.drop { $0 == " " } }
      .first { $0.lowercased().hasPrefix("boundary=") }
    let boundary = parameter?.dropFirst(9).filter { $0 != "\"" } ?? ""
    guard (1...70).contains(boundary.utf8.count), boundary.utf8.allSatisfy({ $0 > 32 && $0 < 127 })
    else { throw Problem.unreadableForm }
    self.bytes = bytes
    delimiter = Array("--\(boundary)".utf8)
  }

  /// - Throws: `form.unreadable` (400).
  func form() throws -> Form {
    var reader = self
    return try reader.read()
  }

  private mutating func read() throws -> Form {
    var fields: [Form.Field] = []
    var files: [UploadedFile] = []
    guard take(delimiter) else { throw Problem.unreadableForm }
    while !take(Array("--".utf8)) {
      guard take(Array("\r\n".utf8)) else { throw Problem.unreadableForm }
      let header = try header()
      let content = try content()
      guard fields.count + files.count < Form.maximumFields else { throw Problem.unreadableForm }
      if let fileName = header.fileName {
        files.append(
          UploadedFile(
            field: header.name, name: fileName, contentType: header.contentType, bytes: Array(content)))
      } else {
        guard let value = String(validating: content, as: UTF8.self) else { throw Problem.unreadableForm }
        fields.append(Form.Field(name: header.name, value: value))
      }
    }
    return Form(fields: fields, files: files)
  }

  private struct Header {
    var name: String
    var fileName: String?
    var contentType = "application/octet-stream"
  }

  private mutating func header() throws -> Header {
    let limit = min(bytes.count, position + Self.maximumHeaderBytes)
    guard let end = find(Array("\r\n\r\n".utf8), from: position, to: limit),
      let text = String(validating: bytes[position..<end], as: UTF8.self)
    else { throw Problem.unreadableForm }
    position = end + 4
    var header: Header?
    var contentType: String?
    for line in text.split(separator: "\r\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { throw Problem.unreadableForm }
      let value = parts[1].drop { $0 == " " }
      switch parts[0].lowercased() {
      case "content-disposition":
        guard header == nil, value.hasPrefix("form-data;"), let name = Self.quoted("name", in: value)
        else { throw Problem.unreadableForm }
        header = Header(name: name, fileName: Self.quoted("filename", in: value))
      case "content-type": contentType = String(value)
      default: continue
      }
    }
    guard var header else { throw Problem.unreadableForm }
    if let contentType { header.contentType = contentType }
    return header
  }

  /// The value of `name="…"`, in which browsers write quotes and line ends as percent escapes.
  private static func quoted(_ name: String, in value: Substring) -> String? {
    var rest = value[...]
    while let start = rest.firstIndex(of: ";") {
      rest = rest[rest.index(after: start)...].drop { $0 == " " }
      guard rest.hasPrefix("\(name)=\"") else {
        // A quoted value may hold a semicolon: step over it.
        if let open = rest.firstIndex(of: "\""),
          rest[..<open].allSatisfy({ $0 != ";" }),
          let close = rest[rest.index(after: open)...].firstIndex(of: "\"")
        {
          rest = rest[close...]
        }
        continue
      }
      let content = rest.dropFirst(name.count + 2)
      guard let close = content.firstIndex(of: "\"") else { return nil }
      return content[..<close].split(separator: "%22", omittingEmptySubsequences: false).joined(
        separator: "\"")
    }
    return nil
  }

  private mutating func content() throws -> ArraySlice<UInt8> {
    let end = Array("\r\n".utf8) + delimiter
    guard let stop = find(end, from: position, to: bytes.count) else { throw Problem.unreadableForm }
    defer { position = stop + end.count }
    return bytes[position..<stop]
  }

  private mutating func take(_ expected: [UInt8]) -> Bool {
    guard bytes[position...].starts(with: expected) else { return false }
    position += expected.count
    return true
  }

  private func find(_ pattern: [UInt8], from start: Int, to end: Int) -> Int? {
    guard let first = pattern.first, end - start >= pattern.count else { return nil }
    return bytes.withUnsafeBufferPointer { buffer in
      var candidate = start
      while candidate <= end - pattern.count {
        if buffer[candidate] == first {
          var length = 1
          while length < pattern.count, buffer[candidate + length] == pattern[length] { length += 1 }
          if length == pattern.count { return candidate }
        }
        candidate += 1
      }
      return nil
    }
  }
}
