import Foundation
import Kernel
import TestKit
import Testing

@testable import Interop

struct PictureTests {
  private let reencoder = PictureReencoder()

  /// A picture of noise in the given format, made by libvips.
  private func picture(_ format: PictureHeader.Format, width: Int, height: Int) throws -> [UInt8] {
    try TemporaryFolder.with { folder in
      let (raw, target) = ("\(folder)/noise.v", "\(folder)/picture.\(format.rawValue)")
      try vips("gaussnoise", raw, "\(width)", "\(height)", "--mean", "128", "--sigma", "40", "--seed", "7")
      try vips("cast", raw, target, "uchar")
      return Array(try #require(FileManager.default.contents(atPath: target)))
    }
  }

  private func vips(_ arguments: String...) throws {
    try #require(try ChildProcess.run("/usr/bin/vips", arguments, environment: [:], in: "/"))
  }

  private func code(_ bytes: [UInt8]) async -> String? {
    do {
      _ = try await reencoder.reencode(bytes)
      return nil
    } catch { return (error as? Problem)?.code ?? "\(error)" }
  }

  private func contains(_ bytes: [UInt8], _ text: String) -> Bool {
    Data(bytes).range(of: Data(text.utf8)) != nil
  }

  @Test(arguments: [PictureHeader.Format.jpeg, .png, .webp])
  func `each allowed format becomes WebP in the asked widths, in its own proportion`(
    format: PictureHeader.Format
  ) async throws {
    let source = try picture(format, width: 1200, height: 800)
    #expect(PictureHeader(source).map { [$0.width, $0.height] } == [1200, 800])
    let variants = try await reencoder.reencode(source)
    #expect(variants.map(\.width) == [320, 960])
    #expect(variants.map(\.height) == [213, 640])
    #expect(variants.allSatisfy { PictureHeader($0.bytes)?.format == .webp })
  }

  @Test func `a small picture is not enlarged and comes once`() async throws {
    let variants = try await reencoder.reencode(picture(.png, width: 200, height: 500))
    #expect(variants.map { [$0.width, $0.height] } == [[200, 500]])
  }

  @Test func `camera, place and comments are gone, and the picture stands upright`() async throws {
    let plain = try picture(.jpeg, width: 1000, height: 400)
    let tagged =
      Array(plain.prefix(2)) + ExifSegment.bytes + ExifSegment.comment("<script>alert(1)</script>")
      + plain.dropFirst(2)
    #expect(contains(tagged, "NuanlinCamera"))
    let variants = try await reencoder.reencode(tagged)
    #expect(variants.map { [$0.width, $0.height] } == [[320, 800], [400, 1000]])
    for variant in variants {
      for trace in ["NuanlinCamera", "Exif", "EXIF", "XMP", "ICCP", "script"] {
        let isThere = contains(variant.bytes, trace)
        #expect(!isThere, "\(trace)")
      }
    }
  }

  @Test func `transparency stays, and what is served opens again`() async throws {
    let source = try TemporaryFolder.with { folder in
      try vips("black", "\(folder)/clear.png", "400", "300", "--bands", "4")
      return Array(try #require(FileManager.default.contents(atPath: "\(folder)/clear.png")))
    }
    let served = try #require(try await reencoder.reencode(source).last)
    let again = try await reencoder.reencode(served.bytes)
    #expect(again.map { [$0.width, $0.height] } == [[320, 240], [400, 300]])
    let isExtended = contains(served.bytes, "VP8X")
    let isLossless = contains(served.bytes, "VP8L")
    #expect(isExtended ? served.bytes[20] == 0x10 : isLossless)
  }

  @Test(arguments: [PictureHeader.Format.jpeg, .png, .webp])
  func `a truncated picture is damaged wherever it ends`(format: PictureHeader.Format) async throws {
    let whole = try picture(format, width: 300, height: 300)
    for length in [4, 12, 16, 30, whole.count / 4, whole.count / 2, whole.count * 9 / 10] {
      let answer = await code(Array(whole.prefix(length)))
      #expect(answer == "picture.damaged" || (length < 12 && answer == "picture.not_supported"), "\(length)")
    }
  }

  @Test(arguments: [
    "", "hello", "<svg xmlns='http://www.w3.org/2000/svg'/>", "<!DOCTYPE html><script>1</script>", "GIF89a",
    "%PDF-1.7",
    "PK\u{3}\u{4}", "RIFF1234AVI ", "BM",
  ])
  func `what is no allowed picture is refused by its content`(content: String) async {
    #expect(await code(Array(content.utf8)) == "picture.not_supported")
  }

  @Test func `a picture that is also a page gives a picture only`() async throws {
    let page = "<html><script>alert(1)</script></html>"
    let both = try picture(.png, width: 400, height: 300) + Array(page.utf8)
    for variant in try await reencoder.reencode(both) {
      let isThere = contains(variant.bytes, "alert")
      #expect(!isThere)
    }
    #expect(await code(Array(page.utf8) + both) == "picture.not_supported")
  }

  @Test func `too many bytes and too many pixels are refused before anything is decoded`() async throws {
    let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0]
    #expect(await code(jpeg + [UInt8](repeating: 0, count: 10 << 20)) == "picture.too_large")
    var png = try picture(.png, width: 10, height: 10)
    png.replaceSubrange(16..<24, with: [0, 0, 0x27, 0x10, 0, 0, 0x0F, 0xA1])
    #expect(await code(png) == "picture.too_large")
    png.replaceSubrange(16..<24, with: [UInt8](repeating: 0xFF, count: 8))
    #expect(await code(png) == "picture.too_large")
    png.replaceSubrange(16..<24, with: [0, 0, 0x27, 0x10, 0, 0, 0x0F, 0xA0])
    #expect(await code(png) == "picture.damaged")
    png.replaceSubrange(16..<24, with: [UInt8](repeating: 0, count: 8))
    #expect(await code(png) == "picture.damaged")
  }

  @Test(.timeLimit(.minutes(3)))
  func `mutated pictures give pictures or problems`() async throws {
    var generator = SeededGenerator(seed: 11)
    let sources = try [PictureHeader.Format.jpeg, .png, .webp].map { try picture($0, width: 64, height: 48) }
    for number in 0..<30 {
      var bytes = sources[number % 3]
      for _ in 0..<Int.random(in: 1...8, using: &generator) {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(
          in: 0...255, using: &generator)
      }
      let answer = await code(bytes)
      #expect(answer == nil || answer?.hasPrefix("picture.") == true)
    }
  }
}

/// What a camera writes into a JPEG file beside the pixels.
private enum ExifSegment {
  /// Maker, orientation (turned by a quarter) and a latitude (TIFF 6.0, little-endian).
  static let bytes: [UInt8] = {
    let maker = Array("NuanlinCamera\0".utf8)
    func entry(_ tag: UInt16, _ type: UInt16, _ count: UInt32, _ value: UInt32) -> [UInt8] {
      little(tag) + little(type) + little(count) + little(value)
    }
    // Header 8, three entries of 12 with count and next pointer: the values begin at 8 + 2 + 36 + 4 = 50.
    let places: [UInt8] =
      little(UInt16(3)) + entry(0x010F, 2, UInt32(maker.count), 50) + entry(0x0112, 3, 1, 6)
      + entry(0x8825, 4, 1, 50 + UInt32(maker.count)) + little(UInt32(0))
    let position: [UInt8] = little(UInt16(1)) + entry(0x0001, 2, 2, 0x4E) + little(UInt32(0))
    let content = Array("Exif\0\0II*\0".utf8) + little(UInt32(8)) + places + maker + position
    return segment(0xE1, content)
  }()

  static func comment(_ text: String) -> [UInt8] { segment(0xFE, Array(text.utf8)) }

  private static func segment(_ marker: UInt8, _ content: [UInt8]) -> [UInt8] {
    let length = content.count + 2
    return [0xFF, marker, UInt8(length >> 8), UInt8(length & 255)] + content
  }

  private static func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }
}
