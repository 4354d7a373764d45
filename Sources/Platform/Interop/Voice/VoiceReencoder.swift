import Foundation
import Kernel

/// A recording, ready to be kept and played.
package struct VoiceRecording: Sendable, Hashable {
  package let bytes: [UInt8]
  /// Begun ones count.
  package let seconds: Int64

  package static let mediaType = "audio/mp4"
}

/// Turns a recording that somebody sent into a fresh one: its sound is decoded and encoded anew as AAC, without names,
/// places and other metadata, by FFmpeg in a process of its own with little memory, little time and no files but a private
/// folder (field rule §3.15). So a broken decoder costs one recording and not the program.
package struct VoiceReencoder: Sendable {
  /// Bytes of what is sent.
  package static let byteLimit = 5 << 20
  /// Of two minutes.
  package static let secondLimit: Int64 = 120

  private let threads: BoundedThreads

  /// - Parameters:
  ///   - concurrent: recordings worked on at one time.
  ///   - waiting: recordings that may wait.
  package init(concurrent: Int = 2, waiting: Int = 16) {
    threads = BoundedThreads(threads: concurrent, waiting: waiting)
  }

  /// Whether FFmpeg is there, and what keeps it within its limits. Where it is not, nobody should be asked for a recording.
  package static var isInstalled: Bool {
    SoundEncoder.programs.allSatisfy { SoundEncoder.program($0) != nil }
  }

  /// - Throws: `voice.not_supported`, `voice.too_large`, `voice.too_long`, `voice.damaged`, `voice.busy`;
  ///   `voice.no_reencoder` when FFmpeg is not installed.
  package func reencode(_ bytes: [UInt8]) async throws -> VoiceRecording {
    guard bytes.count <= Self.byteLimit else { throw Problem.voiceTooLarge }
    guard let format = VoiceFormat(bytes) else { throw Problem.voiceNotSupported }
    return try await threads.run(busy: .voiceBusy) {
      try TemporaryFolder.with { folder in try Self.recording(of: bytes, format, in: folder) }
    }
  }

  private static func recording(
    of bytes: [UInt8], _ format: VoiceFormat, in folder: String
  ) throws -> VoiceRecording {
    let (source, target) = ("\(folder)/in.\(format.rawValue)", "\(folder)/out.m4a")
    guard FileManager.default.createFile(atPath: source, contents: Data(bytes)) else {
      throw Problem.voiceNoRoom
    }
    // One second more than allowed is decoded at most: it tells that a recording is too long, whatever its length.
    try SoundEncoder.run(
      source: source, as: format, target: target, seconds: secondLimit + 1, folder: folder)
    guard let content = FileManager.default.contents(atPath: target),
      let duration = MP4Duration.seconds(Array(content)), duration > 0
    else { throw Problem.voiceDamaged }
    // The encoder fills the last frame, which adds some hundredths.
    guard duration <= Double(secondLimit) + 0.5 else { throw Problem.voiceTooLong }
    return VoiceRecording(
      bytes: Array(content), seconds: min(secondLimit, Int64(duration.rounded(.up))))
  }
}

/// What recordings of phones and browsers come in, told by their first bytes.
enum VoiceFormat: String, Sendable, CaseIterable {
  case mp4
  case webm
  case ogg
  case wav
  case mp3
  case amr
  case caf
  case aac

  /// Nil for anything else.
  init?(_ bytes: [UInt8]) {
    let head = bytes.prefix(16)
    if bytes.count >= 12, head.dropFirst(4).starts(with: "ftyp".utf8) {
      self = .mp4
    } else if head.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) {
      self = .webm
    } else if head.starts(with: "OggS".utf8) {
      self = .ogg
    } else if head.starts(with: "RIFF".utf8), head.dropFirst(8).starts(with: "WAVE".utf8) {
      self = .wav
    } else if head.starts(with: "#!AMR".utf8) {
      self = .amr
    } else if head.starts(with: "caff".utf8) {
      self = .caf
    } else if head.starts(with: "ID3".utf8) {
      self = .mp3
    } else if bytes.count >= 2, bytes[0] == 0xFF, bytes[1] & 0xF6 == 0xF0 {
      self = .aac
    } else if bytes.count >= 2, bytes[0] == 0xFF, bytes[1] & 0xE0 == 0xE0 {
      self = .mp3
    } else {
      return nil
    }
  }

  /// The one reader that FFmpeg may use; none is guessed.
  var demuxer: String {
    switch self {
    case .mp4: "mov"
    case .webm: "matroska"
    case .ogg, .wav, .mp3, .amr, .caf, .aac: rawValue
    }
  }
}

/// How long an MP4 file of ours plays: the header `mvhd` (ISO/IEC 14496-12 §8.2.2).
enum MP4Duration {
  static func seconds(_ bytes: [UInt8]) -> Double? {
    guard let movie = box("moov", in: bytes[...]), let header = box("mvhd", in: movie) else { return nil }
    let body = Array(header)
    guard let version = body.first else { return nil }
    let (scaleAt, width) = version == 1 ? (20, 8) : (12, 4)
    guard body.count >= scaleAt + 4 + width else { return nil }
    let scale = big(body[scaleAt..<(scaleAt + 4)])
    let duration = big(body[(scaleAt + 4)..<(scaleAt + 4 + width)])
    return scale == 0 ? nil : Double(duration) / Double(scale)
  }

  private static func box(_ name: String, in bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var position = bytes.startIndex
    while bytes.endIndex - position >= 8 {
      let size = Int(clamping: big(bytes[position..<(position + 4)]))
      guard size >= 8, size <= bytes.endIndex - position else { return nil }
      if bytes[(position + 4)..<(position + 8)].elementsEqual(name.utf8) {
        return bytes[(position + 8)..<(position + size)]
      }
      position += size
    }
    return nil
  }

  private static func big(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }
}

/// Runs `ffmpeg` under resource limits.
private enum SoundEncoder {
  private static let limits = [
    // Seconds of processor time, then the process is killed.
    "--cpu=20",
    // 1 GB of address space.
    "--as=1073741824",
    // 16 MB a file, 64 files, no core dump.
    "--fsize=16777216", "--nofile=64", "--core=0",
  ]

  /// Seconds by the clock on the wall, for a process that waits rather than works.
  private static let patience = 60

  static func run(
    source: String, as format: VoiceFormat, target: String, seconds: Int64, folder: String
  ) throws {
    guard let clock = program("timeout"), let limiter = program("prlimit"), let ffmpeg = program("ffmpeg")
    else { throw Problem.voiceNoReencoder }
    let arguments =
      ["--signal=KILL", "\(patience)", limiter] + limits + [
        ffmpeg, "-nostdin", "-hide_banner", "-loglevel", "error", "-threads", "1",
        // Nothing but this one file is opened, whatever stands in it.
        "-protocol_whitelist", "file", "-f", format.demuxer, "-i", source, "-map", "0:a:0", "-vn", "-sn",
        "-dn", "-map_metadata", "-1", "-map_chapters", "-1", "-t", "\(seconds)", "-ac", "1", "-ar", "24000",
        "-c:a", "aac", "-b:a", "32k", "-threads", "1", "-fflags", "+bitexact", "-flags:a", "+bitexact",
        "-movflags", "+faststart", "-f", "mp4", target,
      ]
    // Nothing of this program's environment, where secrets may be, goes to the decoder.
    let environment = ["PATH": "/usr/bin:/bin", "HOME": folder, "TMPDIR": folder, "LC_ALL": "C"]
    let isMade: Bool
    do {
      isMade = try ChildProcess.run(clock, arguments, environment: environment, in: folder)
    } catch { throw Problem.voiceNoReencoder }
    guard isMade else { throw Problem.voiceDamaged }
  }

  static let programs = ["timeout", "prlimit", "ffmpeg"]

  static func program(_ name: String) -> String? {
    ["/usr/bin/", "/usr/local/bin/", "/opt/homebrew/bin/"].map { $0 + name }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}

extension Problem {
  static let voiceNotSupported = Problem(
    "voice.not_supported", status: 415,
    Phrase("这种文件不能当录音用。", "This kind of file cannot be used as a recording."),
    advice: Phrase("请用手机自带的录音。", "Please use the recorder of your phone."))

  static let voiceTooLarge = Problem(
    "voice.too_large", status: 413,
    Phrase("录音太大了：最多 5 MB。", "The recording is too large: at most 5 MB."),
    advice: Phrase("请录短一点。", "Please make it shorter."))

  static let voiceTooLong = Problem(
    "voice.too_long", status: 413,
    Phrase("录音太长了：最多两分钟。", "The recording is too long: two minutes at most."),
    advice: Phrase("请录短一点。", "Please make it shorter."))

  static let voiceDamaged = Problem(
    "voice.damaged", status: 422,
    Phrase("录音损坏了，听不了。", "The recording is damaged and cannot be played."),
    advice: Phrase("请再录一次。", "Please record it again."))

  static let voiceBusy = Problem(
    "voice.busy", status: 503, Phrase("正在处理的录音有点多。", "Many recordings are being worked on right now."),
    advice: Phrase("请过几秒再发。", "Please send it again in a few seconds."), retryAfter: 5)

  static let voiceNoReencoder = Problem(
    "voice.no_reencoder", status: 500,
    Phrase("这台机器还不能处理录音。", "This machine cannot work on recordings yet."),
    advice: Phrase("请系统管理员安装 ffmpeg 软件包。", "Please ask the operator to install the package ffmpeg."))

  static let voiceNoRoom = Problem(
    "voice.no_room", status: 500, Phrase("录音没有存下来。", "The recording could not be stored."),
    advice: Phrase(
      "磁盘可能满了，请告诉系统管理员，稍后再试。", "The disk may be full; please tell the operator and try again later."))
}
