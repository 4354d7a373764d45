import Kernel

/// What the first bytes of a picture say: its format and its size, read without any decoder.
struct PictureHeader: Sendable, Equatable {
  enum Format: String, Sendable {
    case jpeg = "jpg"
    case png
    case webp
  }

  let format: Format
  let width: Int
  let height: Int

  /// Nil when the bytes are no JPEG, PNG or WebP picture, or end before they tell its size.
  init?(_ bytes: [UInt8]) {
    let found: (Format, (Int, Int))? =
      if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
        Self.pngSize(bytes).map { (.png, $0) }
      } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
        Self.jpegSize(bytes).map { (.jpeg, $0) }
      } else if bytes.starts(with: "RIFF".utf8), bytes.dropFirst(8).starts(with: "WEBP".utf8) {
        Self.webpSize(bytes).map { (.webp, $0) }
      } else {
        nil
      }
    guard let (format, (width, height)) = found, width > 0, height > 0 else { return nil }
    self.format = format
    self.width = width
    self.height = height
  }

  /// Whether the bytes begin as one of the formats, however broken they are after that.
  static func isKnownFormat(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) || bytes.starts(with: [0xFF, 0xD8, 0xFF])
      || (bytes.starts(with: "RIFF".utf8) && bytes.dropFirst(8).starts(with: "WEBP".utf8))
  }

  /// The first chunk is IHDR (PNG specification §11.2.2).
  private static func pngSize(_ bytes: [UInt8]) -> (Int, Int)? {
    guard bytes.count >= 24, bytes[12..<16].elementsEqual("IHDR".utf8) else { return nil }
    return (big(bytes[16..<20]), big(bytes[20..<24]))
  }

  /// Walks over the marker segments to the frame header (ITU-T T.81 B.2.2).
  private static func jpegSize(_ bytes: [UInt8]) -> (Int, Int)? {
    var position = 2
    while position + 9 < bytes.count {
      guard bytes[position] == 0xFF else { return nil }
      let marker = bytes[position + 1]
      if marker == 0xFF {
        position += 1
        continue
      }
      let isFrame = (0xC0...0xCF).contains(marker) && ![0xC4, 0xC8, 0xCC].contains(marker)
      if isFrame {
        return (big(bytes[(position + 7)..<(position + 9)]), big(bytes[(position + 5)..<(position + 7)]))
      }
      if marker == 0xD9 || marker == 0xDA { return nil }
      let isAlone = marker == 0x01 || (0xD0...0xD8).contains(marker)
      position += isAlone ? 2 : 2 + big(bytes[(position + 2)..<(position + 4)])
    }
    return nil
  }

  /// The three forms of WebP (RFC 9649): extended, lossless, lossy.
  private static func webpSize(_ bytes: [UInt8]) -> (Int, Int)? {
    guard bytes.count >= 30 else { return nil }
    let kind = bytes[12..<16]
    if kind.elementsEqual("VP8X".utf8) {
      return (little(bytes[24..<27]) + 1, little(bytes[27..<30]) + 1)
    }
    if kind.elementsEqual("VP8L".utf8), bytes[20] == 0x2F {
      let bits = little(bytes[21..<25])
      return ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    }
    if kind.elementsEqual("VP8 ".utf8), bytes[23..<26].elementsEqual([0x9D, 0x01, 0x2A]) {
      return (little(bytes[26..<28]) & 0x3FFF, little(bytes[28..<30]) & 0x3FFF)
    }
    return nil
  }

  private static func big(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }

  private static func little(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
