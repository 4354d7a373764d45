import Foundation
import Kernel

/// One size of a picture, ready to be served.
package struct PictureVariant: Sendable, Hashable {
  /// Pixels.
  package let width: Int
  /// Pixels.
  package let height: Int
  /// WebP.
  package let bytes: [UInt8]

  package static let mediaType = "image/webp"
}

/// Turns a picture that somebody sent into fresh ones that are safe to serve.
///
/// What is served never holds a byte of what was sent: the pixels are decoded and encoded anew, without camera, place
/// and other metadata, by libvips in a process of its own with little memory, little time and no files but a private
/// folder (field rule §3.15). So a broken decoder costs one picture and not the program.
package struct PictureReencoder: Sendable {
  private static let byteLimit = 10 << 20
  private static let pixelLimit = 40_000_000

  private let widths: [Int]
  private let threads: BoundedThreads

  /// - Parameters:
  ///   - widths: in pixels, of the pictures to make; a smaller picture is not enlarged.
  ///   - concurrent: pictures worked on at one time.
  ///   - waiting: pictures that may wait.
  package init(widths: [Int] = [320, 960], concurrent: Int = 2, waiting: Int = 16) {
    self.widths = widths.sorted()
    threads = BoundedThreads(threads: concurrent, waiting: waiting)
  }

  /// One picture for each width, smallest first; widths beyond the picture's own give it once in its own size.
  /// - Throws: `picture.not_supported`, `picture.too_large`, `picture.damaged`, `picture.busy`;
  ///   `picture.no_reencoder` when libvips-tools is not installed.
  package func reencode(_ bytes: [UInt8]) async throws -> [PictureVariant] {
    guard bytes.count <= Self.byteLimit else { throw Problem.pictureTooLarge }
    guard PictureHeader.isKnownFormat(bytes) else { throw Problem.pictureNotSupported }
    guard let header = PictureHeader(bytes) else { throw Problem.pictureDamaged }
    guard header.width.multipliedReportingOverflow(by: header.height).overflow == false,
      header.width * header.height <= Self.pixelLimit
    else { throw Problem.pictureTooLarge }
    let widths = widths
    return try await threads.run(busy: .pictureBusy) {
      try TemporaryFolder.with { folder in
        try Self.variants(of: bytes, header, widths: widths, in: folder)
      }
    }
  }

  private static func variants(
    of bytes: [UInt8], _ header: PictureHeader, widths: [Int], in folder: String
  ) throws -> [PictureVariant] {
    let source = "\(folder)/in.\(header.format.rawValue)"
    guard FileManager.default.createFile(atPath: source, contents: Data(bytes)) else {
      throw Problem.pictureNoRoom
    }
    var variants: [PictureVariant] = []
    for width in widths {
      let target = "\(folder)/out-\(width).webp"
      try Thumbnailer.run(source: source, target: target, width: width, folder: folder)
      guard let content = FileManager.default.contents(atPath: target),
        let bare = WebPContainer.withoutMetadata(Array(content)), let made = PictureHeader(bare)
      else { throw Problem.pictureDamaged }
      let variant = PictureVariant(width: made.width, height: made.height, bytes: bare)
      if variants.last?.width != variant.width { variants.append(variant) }
      if made.width < width { break }
    }
    return variants
  }
}

/// Runs `vips thumbnail` under resource limits.
private enum Thumbnailer {
  private static let limits = [
    // Seconds of processor time, then the process is killed.
    "--cpu=10",
    // 1.5 GB of address space: 40 megapixels with alpha and the buffers of the encoder.
    "--as=1610612736",
    // 64 MB a file, 64 files, no core dump.
    "--fsize=67108864", "--nofile=64", "--core=0",
  ]

  /// Seconds by the clock on the wall, for a process that waits rather than works.
  private static let patience = 60

  static func run(source: String, target: String, width: Int, folder: String) throws {
    guard let clock = program("timeout"), let limiter = program("prlimit"), let vips = program("vips") else {
      throw Problem.pictureNoReencoder
    }
    let arguments =
      ["--signal=KILL", "\(patience)", limiter] + limits + [
        vips, "thumbnail", source, "\(target)[Q=80,strip]", "\(width)", "--height", "100000", "--size",
        "down",
        "--export-profile", "srgb", "--fail-on", "truncated",
      ]
    // Nothing of this program's environment, where secrets may be, goes to the decoder.
    let environment = [
      "PATH": "/usr/bin:/bin", "HOME": folder, "TMPDIR": folder, "VIPS_CONCURRENCY": "1",
      "VIPS_BLOCK_UNTRUSTED": "1", "LC_ALL": "C",
    ]
    let isMade: Bool
    do {
      isMade = try ChildProcess.run(clock, arguments, environment: environment, in: folder)
    } catch { throw Problem.pictureNoReencoder }
    guard isMade else { throw Problem.pictureDamaged }
  }

  private static func program(_ name: String) -> String? {
    ["/usr/bin/", "/usr/local/bin/", "/opt/homebrew/bin/"].map { $0 + name }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}

extension Problem {
  static let pictureNotSupported = Problem(
    "picture.not_supported", status: 415,
    Phrase("这种文件不能当图片用。", "This kind of file cannot be used as a picture."),
    advice: Phrase("请用 JPEG、PNG 或 WebP 格式的照片。", "Please use a photo in JPEG, PNG or WebP form."))

  static let pictureTooLarge = Problem(
    "picture.too_large", status: 413,
    Phrase("图片太大了：最多 10 MB、4000 万像素。", "The picture is too large: at most 10 MB and 40 megapixels."),
    advice: Phrase("请把照片缩小一些再上传。", "Please make the photo smaller and send it again."))

  static let pictureDamaged = Problem(
    "picture.damaged", status: 422, Phrase("图片损坏了，打不开。", "The picture is damaged and cannot be opened."),
    advice: Phrase("请重新拍一张，或换一张图片。", "Please take the photo again or choose another."))

  static let pictureBusy = Problem(
    "picture.busy", status: 503, Phrase("正在处理的图片有点多。", "Many pictures are being worked on right now."),
    advice: Phrase("请过几秒再上传。", "Please send it again in a few seconds."), retryAfter: 5)

  static let pictureNoReencoder = Problem(
    "picture.no_reencoder", status: 500,
    Phrase("这台机器还不能处理图片。", "This machine cannot work on pictures yet."),
    advice: Phrase(
      "请系统管理员安装 libvips-tools 软件包。", "Please ask the operator to install the package libvips-tools."))

  static let pictureNoRoom = Problem(
    "picture.no_room", status: 500, Phrase("图片没有存下来。", "The picture could not be stored."),
    advice: Phrase(
      "磁盘可能满了，请告诉系统管理员，稍后再试。", "The disk may be full; please tell the operator and try again later."))
}
