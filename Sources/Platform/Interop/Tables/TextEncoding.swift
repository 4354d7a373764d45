import Kernel

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The encodings that text files reach us in: UTF-8 from everywhere, GB18030 from Excel on Chinese Windows.
package enum TextEncoding: String, Sendable, Hashable {
  case utf8 = "UTF-8"
  case gb18030 = "GB18030"
}

/// A text file as characters, with the encoding that was found.
package struct DecodedText: Sendable, Hashable {
  package let text: String
  package let encoding: TextEncoding
}

/// Tells UTF-8 from GB18030 by whether the bytes are valid, and decodes them completely or not at all.
package enum TextEncodingDetector {
  private static let utf8Mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// UTF-8 when the bytes begin with its mark or are valid in it, else GB18030.
  ///
  /// - Parameter encoding: what the sender says it is; nil to find out.
  /// - Throws: `file.encoding` naming byte and line when the bytes are valid in neither; `file.utf16` for the
  ///   two-byte form that some programs call “Unicode”.
  package static func decode(_ bytes: [UInt8], as encoding: TextEncoding? = nil) throws -> DecodedText {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { throw Problem.fileIsUTF16 }
    let isMarked = bytes.starts(with: utf8Mark)
    if encoding == .utf8 || isMarked {
      let start = isMarked ? utf8Mark.count : 0
      guard let text = String(validating: bytes[start...], as: UTF8.self) else {
        throw Problem.fileEncoding(bytes, at: start + validUTF8Prefix(bytes[start...]).bytes, tried: .utf8)
      }
      return DecodedText(text: text, encoding: .utf8)
    }
    if encoding == nil, let text = String(validating: bytes, as: UTF8.self) {
      return DecodedText(text: text, encoding: .utf8)
    }
    if encoding == nil {
      // Most of UTF-8 is GB18030 as well, of other characters. Chinese that is UTF-8 up to some byte is a damaged
      // UTF-8 file, and would else be stored as gibberish.
      let (valid, wide) = validUTF8Prefix(bytes[...])
      if wide >= 2 { throw Problem.fileEncoding(bytes, at: valid, tried: .utf8) }
    }
    let (converted, consumed) = try Conversion(from: .gb18030, to: .utf8).convert(bytes)
    guard consumed == bytes.count, let text = String(validating: converted, as: UTF8.self) else {
      throw Problem.fileEncoding(bytes, at: consumed, tried: .gb18030)
    }
    return DecodedText(text: text, encoding: .gb18030)
  }

  /// The bytes of a text; every character of Unicode has a form in both encodings.
  /// - Parameter marked: whether UTF-8 begins with its mark, without which Excel takes it for the system's encoding.
  package static func encode(_ text: String, as encoding: TextEncoding, marked: Bool = false) throws
    -> [UInt8]
  {
    let bytes = Array(text.utf8)
    if encoding == .utf8 { return marked ? utf8Mark + bytes : bytes }
    let (converted, consumed) = try Conversion(from: .utf8, to: .gb18030).convert(bytes)
    guard consumed == bytes.count else { throw Problem.fileEncoding(bytes, at: consumed, tried: .gb18030) }
    return converted
  }

  /// The number of bytes before the first that cannot be UTF-8, and how many characters of three or more bytes, as
  /// Chinese ones are, stand there. Text in GB18030 hardly ever begins with two of those by chance.
  private static func validUTF8Prefix(_ bytes: ArraySlice<UInt8>) -> (bytes: Int, wideCharacters: Int) {
    var decoder = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var valid = 0
    var wide = 0
    while case .valid(let scalar) = decoder.parseScalar(from: &iterator) {
      valid += scalar.count
      if scalar.count >= 3 { wide += 1 }
    }
    return (valid, wide)
  }
}

/// One use of the C library's character conversion.
private struct Conversion {
  let from: TextEncoding
  let to: TextEncoding

  /// The converted bytes and how many of the given bytes they stand for: all, or those before the first invalid.
  func convert(_ bytes: [UInt8]) throws -> (converted: [UInt8], consumed: Int) {
    let descriptor = iconv_open(to.rawValue, from.rawValue)
    guard descriptor != iconv_t(bitPattern: -1) else { throw Problem.internalFault }
    defer { iconv_close(descriptor) }
    var input = bytes.map { CChar(bitPattern: $0) }
    // No character grows beyond four bytes, and the shortest that does takes one.
    var output = [CChar](repeating: 0, count: bytes.count * 4 + 16)
    return input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        var (source, sourceLeft) = (input.baseAddress, input.count)
        var (target, targetLeft) = (output.baseAddress, output.count)
        _ = iconv(descriptor, &source, &sourceLeft, &target, &targetLeft)
        let written = output.prefix(output.count - targetLeft)
        return (written.map { UInt8(bitPattern: $0) }, input.count - sourceLeft)
      }
    }
  }
}

extension Problem {
  static let fileIsUTF16 = Problem(
    "file.utf16", status: 422,
    Phrase(
      "这个文件是 UTF-16（有的软件叫“Unicode 文本”），读不了。",
      "This file is UTF-16, which some programs call “Unicode text”; it cannot be read."),
    advice: Phrase(
      "请另存为 XLSX，或“CSV UTF-8”再上传。", "Please save it as XLSX or as “CSV UTF-8” and send that."))

  static func fileEncoding(_ bytes: [UInt8], at offset: Int, tried encoding: TextEncoding) -> Problem {
    let line = bytes.prefix(offset).count { $0 == 10 } + 1
    let name = encoding.rawValue
    return Problem(
      "file.encoding", status: 422,
      Phrase("文件里有认不出的字符编码。", "The file holds bytes that are no characters."),
      advice: Phrase(
        "请用 Excel 或 WPS 另存为 XLSX，或“CSV UTF-8”再上传。",
        "Please save it as XLSX or as “CSV UTF-8” in your spreadsheet program and send that."),
      fields: [
        FieldProblem(
          "file", line: line,
          Phrase(
            "第 \(line) 行，文件的第 \(offset + 1) 个字节不是 \(name) 文字。",
            "Line \(line): byte \(offset + 1) of the file is no \(name) text."))
      ])
  }
}
