import Database
import Hummingbird
import Kernel
import Web

/// A person's inbox.
struct Inbox: Sendable {
  /// Messages on one page.
  private static let pageSize = 20

  let database: Database
  let kinds: MessageKinds

  func register(on routes: inout Routes) {
    let own = Objects.own("messages")
    routes.get("/account/messages", for: .signedIn, objects: own) { try await inbox($0) }
    routes.post("/account/messages/read", for: .signedIn, objects: own) { try await read($0) }
  }

  private func inbox(_ signedIn: SignedIn) async throws -> Response {
    let before = signedIn.query("before").flatMap(MessageID.init)
    let (person, community) = (signedIn.personID, signedIn.community.id)
    let (messages, unread) = try await database.read { snapshot in
      let last = try before.flatMap { try own($0, signedIn, snapshot) }
      return (
        try MessageStore.inbox(
          of: person, after: last, limit: Self.pageSize + 1, in: community, snapshot),
        try MessageStore.unread(of: person, in: community, snapshot)
      )
    }
    let shown = Array(messages.prefix(Self.pageSize))
    let page = MessagePages(say: signedIn.say, kinds: kinds).inbox(
      shown, unread: unread, isFirst: before == nil,
      next: messages.count > Self.pageSize ? shown.last?.id : nil, formToken: signedIn.formToken)
    return .page(page, signedIn)
  }

  private func read(_ signedIn: SignedIn) async throws -> Response {
    var reader = FormReader(try await signedIn.form())
    let newest = reader.identifier("newest", of: MessageRowKind.self)
    try reader.finish()
    guard let newest else { throw Problem.notFound }
    try await database.write(in: signedIn.community.id) { transaction in
      guard let newest = try own(newest, signedIn, transaction) else { throw Problem.notFound }
      try MessageStore.markRead(upTo: newest.sentAt, of: signedIn.personID, in: transaction)
    }
    return .redirect(to: "/account/messages")
  }

  private func own(_ id: MessageID, _ signedIn: SignedIn, _ snapshot: Snapshot) throws -> InboxMessage? {
    let message = try MessageStore.find(id, in: signedIn.community.id, snapshot)
    return message?.recipient == signedIn.personID ? message : nil
  }
}
