import Crypto
import Interop
import Kernel
import Security

/// Reads what WeChat sends to our address, and proves where it comes from.
///
/// Source: Weixin, “消息加解密说明”: SHA-1 over the token, time, nonce and ciphertext in alphabetical order; inside the
/// ciphertext 16 random bytes, the length, the document, and the account's own number.
struct WeChatCallback: Sendable {
  let account: WeChatAccount

  /// The fields of the query of every call.
  struct Proof: Sendable {
    let signature: String?
    let messageSignature: String?
    let timestamp: String
    let nonce: String
  }

  /// What became of a message that was sent.
  struct Report: Sendable, Equatable {
    let receipt: String
    let outcome: ReceiptOutcome
  }

  /// For how long before or after now a call may have been signed.
  static let tolerance = Duration.minutes(5)

  /// Whether the question whether this address is ours comes from WeChat: it is then answered with what it sent.
  func accepts(_ proof: Proof, at now: Timestamp) -> Bool {
    guard isRecent(proof, at: now), let sent = proof.signature else { return false }
    return Self.equal(sent, signature([proof.timestamp, proof.nonce]))
  }

  /// What a call says; nil for events of another kind.
  /// - Throws: `wechat.callback_refused` where it is not to be believed.
  func report(_ body: [UInt8], _ proof: Proof, at now: Timestamp) throws -> Report? {
    guard isRecent(proof, at: now), let sent = proof.messageSignature,
      let sealed = try? XMLFields.read(body)["Encrypt"],
      Self.equal(sent, signature([proof.timestamp, proof.nonce, sealed])),
      let bytes = Base64.decode(sealed), let content = account.cipher.open(bytes),
      let document = self.document(in: content), let fields = try? XMLFields.read(document)
    else { throw Problem.callbackRefused }
    guard fields["Event"] == "TEMPLATESENDJOBFINISH", let receipt = fields["MsgID"] else { return nil }
    return Report(receipt: receipt, outcome: Self.outcome(fields["Status"] ?? ""))
  }

  private static func outcome(_ status: String) -> ReceiptOutcome {
    switch status {
    case "success": .delivered
    case "failed:user block": .undelivered(code: "wechat.user_block")
    default: .undelivered(code: "wechat.failed")
    }
  }

  private func isRecent(_ proof: Proof, at now: Timestamp) -> Bool {
    guard let seconds = Int64(proof.timestamp), (0...9_999_999_999).contains(seconds) else { return false }
    let signed = Timestamp(seconds: seconds)
    return signed >= now - Self.tolerance && signed <= now + Self.tolerance
  }

  private func signature(_ parts: [String]) -> String {
    let text = (parts + [account.token.text]).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.joined()
    return Hexadecimal.encode(Array(Insecure.SHA1.hash(data: Array(text.utf8))))
  }

  private static func equal(_ sent: String, _ ours: String) -> Bool {
    ConstantTime.equal(Array(sent.utf8), Array(ours.utf8))
  }

  private func document(in content: [UInt8]) -> [UInt8]? {
    guard content.count >= 20 else { return nil }
    let length = content[16..<20].reduce(0) { $0 << 8 | Int($1) }
    guard length <= content.count - 20 else { return nil }
    let end = 20 + length
    guard content[end...].elementsEqual(account.appID.utf8) else { return nil }
    return Array(content[20..<end])
  }
}

extension Problem {
  static let callbackRefused = Problem(
    "wechat.callback_refused", status: 401,
    Phrase("这条通知证明不了来自微信。", "Nothing proves that this came from WeChat."))
}
