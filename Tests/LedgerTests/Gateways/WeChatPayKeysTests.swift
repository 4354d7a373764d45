import Kernel
import Synchronization
import Testing
import Web

@testable import Ledger

/// Which key is believed, and how often certificates are asked for. Source: field/reliability.md §3.8, step 4.
struct WeChatPayKeysTests {
  private func isBelieved(
    _ stage: WeChatPayStage, by signer: WeChatPaySigner = WeChatPaySigner()
  ) async throws -> Bool {
    var draft = WeChatPayDraft()
    draft.signer = signer
    draft.signer.at = stage.time.now
    let notification = try draft.notification()
    do {
      _ = try await stage.gateway.verify(notification)
      return true
    } catch {
      return false
    }
  }

  private func fetches(_ stage: WeChatPayStage) -> Int { stage.script.paths("/v3/certificates").count }

  @Test func `certificates are fetched once and then remembered`() async throws {
    let stage = try WeChatPayStage()
    for _ in 0..<3 { #expect(try await isBelieved(stage)) }
    #expect(fetches(stage) == 1)
  }

  @Test func `unknown numbers fetch once in ten minutes, and bring what is new`() async throws {
    let stage = try WeChatPayStage()
    #expect(try await isBelieved(stage))
    var both = CertificateList(certificates: [
      (WeChatPayStage.nextPlatformSerial, GatewayKeys.nextPlatformCertificate),
      (WeChatPayStage.platformSerial, GatewayKeys.platformCertificate),
    ])
    for seconds in [1, 300, 298] {
      stage.time.advance(by: .seconds(seconds))
      both.signer.at = stage.time.now
      stage.script.become { [both] _ in try both.answer() }
      #expect(try await isBelieved(stage, by: .next) == false)
    }
    #expect(fetches(stage) == 1)
    stage.time.advance(by: .seconds(1))
    both.signer.at = stage.time.now
    stage.script.become { [both] _ in try both.answer() }
    #expect(try await isBelieved(stage, by: .next))
    #expect(try await isBelieved(stage))
    #expect(fetches(stage) == 2)
  }

  @Test func `many who wait for the same certificates fetch once`() async throws {
    let stage = try WeChatPayStage()
    let certificates = CertificateList()
    stage.script.become { _ in
      try await Task.sleep(for: .milliseconds(50))
      return try certificates.answer()
    }
    let notification = try WeChatPayDraft().notification()
    let believed = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<20 {
        group.addTask { (try? await stage.gateway.verify(notification)) != nil }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(believed == 20)
    #expect(fetches(stage) == 1)
  }

  @Test func `a certificate is believed to the end of its validity and not beyond`() async throws {
    let stage = try WeChatPayStage()
    #expect(try await isBelieved(stage))
    let last = try #require(Timestamp(rfc3339: "2031-01-01T00:00:00Z"))
    stage.time.move(to: last)
    #expect(try await isBelieved(stage))
    stage.time.move(to: last + .seconds(1))
    #expect(try await isBelieved(stage) == false)
  }

  @Test func `certificates are believed only as signed by one of them and sealed for us`() async throws {
    var otherSigner = CertificateList()
    otherSigner.signer.key = GatewayKeys.merchant
    var otherSerial = CertificateList()
    otherSerial.signer = .next
    var otherKey = CertificateList()
    otherKey.apiKey[0] ^= 1
    var old = CertificateList()
    old.signer.at = stageMoment - .seconds(301)
    let wrongNumber = CertificateList(certificates: [
      (WeChatPayStage.platformSerial, GatewayKeys.nextPlatformCertificate)
    ])
    let expired = CertificateList(
      certificates: [(WeChatPayStage.expiredSerial, GatewayKeys.expiredCertificate)],
      signer: WeChatPaySigner(serial: WeChatPayStage.expiredSerial))
    for list in [otherSigner, otherSerial, otherKey, old, wrongNumber, expired] {
      let stage = try WeChatPayStage(certificates: list)
      #expect(try await isBelieved(stage) == false)
      #expect(
        try await isBelieved(stage, by: WeChatPaySigner(serial: WeChatPayStage.expiredSerial)) == false)
    }
    for answer in [GatewayTransport.Response(status: 200), try WeChatPaySigner().answer("{}", status: 500)] {
      let stage = try WeChatPayStage()
      stage.script.become { _ in answer }
      #expect(try await isBelieved(stage) == false)
    }
    #expect(try await isBelieved(try WeChatPayStage()))
  }

  @Test func `a serial number is a number, with a zero in front or without`() async throws {
    let serial = "0" + WeChatPayStage.platformSerial
    let list = CertificateList(
      certificates: [(serial, GatewayKeys.platformCertificate)], signer: WeChatPaySigner(serial: serial))
    let stage = try WeChatPayStage(certificates: list)
    #expect(try await isBelieved(stage, by: WeChatPaySigner(serial: serial)))
    #expect(try await isBelieved(stage))
    #expect(
      try await isBelieved(stage, by: WeChatPaySigner(serial: "1" + WeChatPayStage.platformSerial)) == false)
  }

  @Test func `a fetch that failed leaves what was known`() async throws {
    let stage = try WeChatPayStage()
    #expect(try await isBelieved(stage))
    stage.time.advance(by: .minutes(11))
    stage.script.become { _ in throw NoAnswer() }
    #expect(try await isBelieved(stage, by: .next) == false)
    #expect(fetches(stage) == 2)
    #expect(try await isBelieved(stage))
  }

  @Test func `the pinned key is believed under its number alone, and nothing is fetched for it`() async throws
  {
    let stage = try WeChatPayStage(isPinned: true)
    #expect(try await isBelieved(stage, by: .pinned))
    var other = WeChatPaySigner.pinned
    other.serial = "PUB_KEY_ID_0000000000000024101100397200000007"
    #expect(try await isBelieved(stage, by: other) == false)
    #expect(fetches(stage) == 0)
    other.serial = WeChatPayStage.platformSerial
    #expect(try await isBelieved(stage, by: other) == false)
    #expect(
      try await isBelieved(stage, by: WeChatPaySigner(serial: WeChatPayStage.pinnedID)) == false)
    // While a merchant changes from certificates to the public key, both sign.
    #expect(try await isBelieved(stage))
  }
}
