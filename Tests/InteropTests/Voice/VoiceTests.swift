import Foundation
import Kernel
import TestKit
import Testing

@testable import Interop

struct VoiceTests {
  private let reencoder = VoiceReencoder()

  /// A tone of some seconds with a title in its metadata, made by FFmpeg.
  private func tone(_ seconds: Int, _ name: String, _ options: String...) throws -> [UInt8] {
    try TemporaryFolder.with { folder in
      let target = "\(folder)/\(name)"
      let arguments =
        ["-nostdin", "-f", "lavfi", "-i", "sine=frequency=440:duration=\(seconds)"]
        + ["-metadata", "title=NuanlinSecretPlace"] + options + [target]
      try #require(try ChildProcess.run("/usr/bin/ffmpeg", arguments, environment: [:], in: folder))
      return Array(try #require(FileManager.default.contents(atPath: target)))
    }
  }

  private func code(_ bytes: [UInt8]) async -> String? {
    do {
      _ = try await reencoder.reencode(bytes)
      return nil
    } catch { return (error as? Problem)?.code ?? "\(error)" }
  }

  @Test(arguments: ["voice.m4a", "voice.wav", "voice.ogg", "voice.mp3", "voice.webm"])
  func `what phones record becomes AAC without its metadata`(name: String) async throws {
    let made = try await reencoder.reencode(tone(3, name))
    #expect((3...4).contains(made.seconds))
    #expect(VoiceFormat(made.bytes) == .mp4)
    #expect(Data(made.bytes).range(of: Data("NuanlinSecretPlace".utf8)) == nil)
  }

  @Test func `two minutes pass and more do not`() async throws {
    let whole = try await reencoder.reencode(tone(120, "voice.ogg"))
    #expect(whole.seconds == 120)
    #expect(await code(try tone(123, "voice.ogg")) == "voice.too_long")
  }

  @Test func `what is no recording, is damaged or is too large is refused`() async throws {
    #expect(await code(Array("<html>".utf8)) == "voice.not_supported")
    #expect(await code([]) == "voice.not_supported")
    #expect(await code(Array("OggS".utf8) + [UInt8](repeating: 7, count: 4000)) == "voice.damaged")
    let large = Array("OggS".utf8) + [UInt8](repeating: 0, count: VoiceReencoder.byteLimit)
    #expect(await code(large) == "voice.too_large")
  }
}
