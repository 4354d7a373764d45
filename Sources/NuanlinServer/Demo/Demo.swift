import Foundation
import Kernel

/// The living demo community: built once into an empty database, then served like any other.
package enum Demo {
  /// Builds the community when the database holds none.
  ///
  /// Eight weeks of campaigns are played through the same desk, arrivals and handovers that people use, with a clock
  /// that is moved; so everything that `nuanlin check` verifies holds for the demo as well.
  /// - Parameter tell: what is being done, line by line.
  /// - Returns: what came of it, in one sentence.
  package static func buildIfEmpty(
    _ program: Program, tell: @escaping @Sendable (String) -> Void
  ) async throws -> String {
    let now = program.settings.clock.now()
    let clock = MovableClock(now - .days(70))
    var settings = program.settings
    settings.clock = clock.clock
    let switchboard = try await Program(settings).open()
    do {
      let isEmpty = try await switchboard.communities().isEmpty
      if isEmpty {
        tell("正在布置示范社区，约需半分钟。Building the demo community; this takes about half a minute.")
        try await DemoBuilder(switchboard: switchboard, clock: clock, now: now, tell: tell).build()
      }
      await switchboard.close()
      return isEmpty ? "示范社区已经布置好。The demo community is ready." : "示范社区已在。The demo community is there."
    } catch {
      await switchboard.close()
      throw error
    }
  }

  /// Who can sign in, as JSON: role, name, phone, password, totp_secret, card, pin, description.
  package static func signInsAsJSON() -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(DemoSignIns.lines)).map { String(decoding: $0, as: UTF8.self) } ?? "[]"
  }

  /// Who can sign in, for people to read.
  package static func signInsAsText(port: Int) -> String {
    var text = """

      打开 Open  http://127.0.0.1:\(port)/
      密码 Password for everyone: \(DemoPeople.password)

      """
    for line in DemoSignIns.lines {
      let how = line.phone.map { "\($0)" } ?? "card \(line.card ?? "") PIN \(line.pin ?? "") at /card"
      let code = line.totp_secret.map { "  TOTP \($0)" } ?? ""
      text += "  \(how)  \(line.name): \(line.description)\(code)\n"
    }
    return text + """

      工作人员还需六位验证码：把 TOTP 后的密钥加到任意验证器应用。
      Staff also need six digits: add the key after TOTP to any authenticator app.
      （Ctrl-C 停止 stops it.）

      """
  }
}
