import Database
import Kernel
import People
import Security
import Web

/// What leaders do with lists from a group chat: paste, correct, carry out. Everything that waits for nothing.
struct ChatOrderDesk: Sendable {
  let directory: Directory
  let books: Bookkeeping
  let keys: ChatKeys

  /// What opens the texts of one community.
  struct Opened: Sendable {
    let cipher: FieldCipher
    let doors: Doors
  }

  /// The list as it stands; nil where none was pasted.
  func roll(
    of campaign: Campaign, _ opened: Opened, _ snapshot: Snapshot
  ) throws -> (paste: ChatPaste, roll: ChatRoll, items: [DeskItem])? {
    guard
      let paste = try ChatOrderStore.paste(
        of: campaign.id, in: campaign.community, opening: opened.cipher, snapshot)
    else { return nil }
    let items = try CampaignStore.deskItems(of: campaign.id, in: campaign.community, snapshot)
    let corrections = try ChatOrderStore.corrections(
      of: campaign.id, in: campaign.community, opening: opened.cipher, snapshot)
    let reading = ChatReader(items.map(ChatItem.init)).read(paste.text) { key in
      corrections[keys.line(key, of: campaign.id)]
    }
    var known = ChatRoll.Known()
    known.households = try households(reading.entries, campaign.community, snapshot)
    known.marks = keys.marks(reading.entries, of: campaign.id)
    known.carriedOut = try ChatOrderStore.carriedOut(of: campaign.id, in: campaign.community, snapshot)
    known.orders = try OrderStore.list(ofCampaign: campaign.id, in: campaign.community, snapshot)
    return (paste, ChatRoll(reading, items: items.map(\.item.id), known), items)
  }

  // MARK: - Whom a line stands for

  /// Units in which a room without one is looked for.
  private static let units = [""] + (1...12).map(String.init)

  private func households(
    _ entries: [ChatEntry], _ community: CommunityID, _ snapshot: Snapshot
  ) throws -> [Int: ChatHousehold] {
    var asked: Set<Door> = []
    for entry in entries { asked.formUnion(entry.door.map(Self.doors) ?? []) }
    let found = try directory.households(at: asked, in: community, snapshot)
    var households: [Int: ChatHousehold] = [:]
    var members: [Int: (HouseholdID, [PersonID])] = [:]
    for entry in entries {
      guard let door = entry.door else { continue }
      let there = Self.doors(door).compactMap { door in found[door].map { (door, $0) } }
      if there.isEmpty {
        households[entry.position] = .unknown
      } else if there.count > 1 {
        households[entry.position] = .several(
          there.map { ChatDoor(building: $0.0.building, unit: $0.0.unit, room: $0.0.room) })
      } else {
        members[entry.position] = (
          there[0].1, try directory.persons(of: there[0].1, in: community, snapshot)
        )
      }
    }
    let names = try directory.displayNames(of: Set(members.values.flatMap(\.1)), in: community, snapshot)
    for entry in entries {
      guard let (household, persons) = members[entry.position] else { continue }
      let person = ChatPerson.chosen(entry.label, among: persons.map { ($0, names[$0] ?? "") })
      households[entry.position] = person.map { .found(household, $0) } ?? .empty(household)
    }
    return households
  }

  /// The doors that a written door can be: one, or one in each unit where none is named.
  private static func doors(_ door: ChatDoor) -> [Door] {
    let units = door.unit.isEmpty ? units : [door.unit]
    return units.compactMap { try? Door(building: door.building, unit: $0, room: door.room) }
  }

  // MARK: - Pasting and correcting

  /// Keeps a pasted list, without telephone numbers, until a month after the campaign.
  func keep(
    _ text: String, for campaign: Campaign, by actor: CampaignActor, _ opened: Opened,
    in transaction: Transaction
  ) throws {
    let text = ChatTelephones.removed(from: text)
    try ChatOrderStore.store(
      text, of: campaign.id, by: actor.person, sealing: opened.cipher, in: transaction)
    try ForgetChatText.schedule(campaign, in: transaction)
    try transaction.audit(
      AuditEntry(
        actor: actor.person, role: actor.role, action: "shop.chat_paste", object: campaign.id.rawValue,
        detailDigest: Digest(of: text).bytes))
  }

  /// Keeps what some lines are to say from now on.
  /// - Throws: `chat.stale` when the list is another than the leader saw.
  func correct(
    _ corrections: [(key: String, text: String)], of campaign: Campaign, seen revision: Int64,
    by actor: CampaignActor, _ opened: Opened, in transaction: Transaction
  ) throws {
    guard try ChatOrderStore.revision(of: campaign.id, in: transaction) == revision else {
      throw Problem.chatStale
    }
    for (key, text) in corrections {
      try ChatOrderStore.correct(
        keys.line(key, of: campaign.id), to: text, of: campaign.id, by: actor.person, sealing: opened.cipher,
        in: transaction)
    }
    try transaction.audit(
      AuditEntry(
        actor: actor.person, role: actor.role, action: "shop.chat_correct", object: campaign.id.rawValue))
  }

  // MARK: - Carrying out

  /// Places every order that is certain and was seen so, in the order of the list.
  /// - Returns: how many were placed, and by line why the others were refused.
  /// - Throws: `chat.stale` when the list is another than the leader saw.
  func place(
    of campaign: Campaign, seen revision: Int64, by actor: CampaignActor, _ opened: Opened,
    in transaction: Transaction
  ) throws -> (placed: Int, refused: [Int: Problem]) {
    let (roll, items) = try seen(campaign, revision, opened, transaction)
    return try carryOut(
      roll.placeable.map { ($0, .place(ChatAsk.wishes($0.entry.wishes, items), note: "")) }, campaign, items,
      actor, transaction)
  }

  /// Changes or cancels the order of one line, as it says now.
  /// - Throws: `chat.stale`, `not_found`, and what the order desk refuses.
  func change(
    at position: Int, of campaign: Campaign, seen revision: Int64, by actor: CampaignActor, _ opened: Opened,
    in transaction: Transaction
  ) throws {
    let (roll, items) = try seen(campaign, revision, opened, transaction)
    guard let row = roll.row(at: position) else { throw Problem.notFound }
    let command: OrderRequest.Command
    switch row.step {
    case .change(let order):
      command = .change(
        order.id, revision: order.revision, ChatAsk.wishes(row.entry.wishes, items), note: order.note)
    case .cancel(let order): command = .cancel(order.id, revision: order.revision)
    default: throw Problem.chatStale
    }
    let done = try carryOut([(row, command)], campaign, items, actor, transaction)
    if let problem = done.refused.values.first { throw problem }
  }

  private func seen(
    _ campaign: Campaign, _ revision: Int64, _ opened: Opened, _ transaction: Transaction
  ) throws -> (ChatRoll, [CampaignItemID]) {
    guard let found = try roll(of: campaign, opened, transaction), found.paste.revision == revision else {
      throw Problem.chatStale
    }
    return (found.roll, found.items.map(\.item.id))
  }

  private func carryOut(
    _ rows: [(row: ChatRow, command: OrderRequest.Command)], _ campaign: Campaign, _ items: [CampaignItemID],
    _ actor: CampaignActor, _ transaction: Transaction
  ) throws -> (placed: Int, refused: [Int: Problem]) {
    var asked: [(position: Int, line: ChatLineID, request: OrderRequest)] = []
    var refused: [Int: Problem] = [:]
    for (row, command) in rows {
      do {
        let (line, request) = try ground(row, command, campaign, items, actor, transaction)
        asked.append((row.entry.position, line, request))
      } catch let problem as Problem where problem.status == 422 {
        refused[row.entry.position] = problem
      }
    }
    let answers = try OrderDesk.decide(asked.map(\.request), books, .people(directory), in: transaction)
    for (one, answer) in zip(asked, answers) {
      switch answer {
      case .success(let answer):
        try ChatOrderStore.markCarriedOut(one.line, answer.order.id, in: transaction)
      case .failure(let problem):
        try ChatOrderStore.delete(one.line, in: transaction)
        refused[one.position] = problem
      }
    }
    return (rows.count - refused.count, refused)
  }

  /// Makes the ground of one line, and what is asked on it.
  private func ground(
    _ row: ChatRow, _ command: OrderRequest.Command, _ campaign: Campaign, _ items: [CampaignItemID],
    _ actor: CampaignActor, _ transaction: Transaction
  ) throws -> (ChatLineID, OrderRequest) {
    guard let household = row.household, let person = row.person else { throw Problem.notFound }
    let line: ChatLineID = transaction.newIdentifier()
    let sequence = try ChatOrderStore.count(of: row.mark, campaign.id, in: transaction) + 1
    let request = try OrderRequest(
      community: campaign.community, campaign: campaign.id, person: person, household: household,
      actor: actor.person, role: actor.role, authority: .groupText(line),
      // Each try has a ground of its own and so a key of its own: what was refused is asked anew and not answered from
      // memory. That a line is carried out once stands in its row.
      key: "chat-line-\(line)", command: command)
    try ChatOrderStore.insert(
      line, mark: row.mark, sequence: sequence, asked: ChatAsk.digest(row.entry, items), request,
      in: transaction)
    return (line, request)
  }
}

extension ChatAsk {
  /// SHA-256 of what a line asks for, in one fixed form. So much more of something is another ask than so much of it.
  static func digest(_ entry: ChatEntry, _ items: [CampaignItemID]) -> [UInt8] {
    let parts = wishes(entry.wishes, items).sorted { $0.item < $1.item }.map { "\($0.item)×\($0.quantity)" }
    return Digest(of: (entry.intent == .addition ? "+" : "") + parts.joined(separator: ",")).bytes
  }
}

/// The keyed digests by which lines are known again.
struct ChatKeys: Sendable {
  private let mark: BlindIndex
  private let line: BlindIndex

  init(_ keys: DerivedKeys) {
    mark = keys.blindIndex(table: "shop_chat_line", column: "mark")
    line = keys.blindIndex(table: "shop_chat_correction", column: "line")
  }

  /// Of who asks in each line, by its position. What somebody wants besides has a mark of its own, by its turn.
  func marks(_ entries: [ChatEntry], of campaign: CampaignID) -> [Int: [UInt8]] {
    var marks: [Int: [UInt8]] = [:]
    var turns: [String: Int] = [:]
    for entry in entries {
      var text = "\(campaign)|\(entry.identity)"
      if entry.isBesides {
        turns[entry.identity, default: 0] += 1
        text += "|besides \(turns[entry.identity, default: 0])"
      }
      marks[entry.position] = mark.value(of: text)
    }
    return marks
  }

  /// Of what a line says.
  func line(_ key: String, of campaign: CampaignID) -> [UInt8] { line.value(of: "\(campaign)|\(key)") }
}

/// Forgets what was pasted, a month after the campaign is over.
enum ForgetChatText {
  static let kind: StaticString = "shop.forget_chat_text"
  static let keepingTime = Duration.days(30)

  static let handler = JobHandler(kind) { transaction, job in
    guard case .string(let text)? = try JSON(Array(job.body.utf8))["campaign"], let id = CampaignID(text)
    else {
      throw Problem.internalFault
    }
    guard let campaign = try CampaignStore.find(id, in: transaction.community, transaction) else { return }
    guard let over = campaign.overAt, transaction.now >= over + keepingTime else {
      return try schedule(campaign, in: transaction)
    }
    try ChatOrderStore.forget(id, in: transaction)
    try transaction.audit(
      AuditEntry(
        actor: campaign.leader, role: .leader, action: "shop.chat_forget", object: id.rawValue,
        purpose: "keeping time"))
  }

  /// Schedules the end of the keeping time: after the campaign is over, or as long from now while it is not.
  static func schedule(_ campaign: Campaign, in transaction: Transaction) throws {
    let end = max(
      campaign.overAt ?? campaign.pickupUntil + FinishCampaign.grace, transaction.now - keepingTime)
    let due = campaign.overAt == nil ? max(end, transaction.now) + keepingTime : end + keepingTime
    try transaction.schedule(
      kind, key: campaign.id.description, at: due, body: #"{"campaign":"\#(campaign.id)"}"#)
  }
}

extension Campaign {
  /// Since when nothing more happens in it; nil while it goes on.
  var overAt: Timestamp? { marks.finishedAt ?? marks.failedAt ?? marks.cancelledAt }
}

extension Problem {
  static let chatStale = Problem(
    "chat.stale", status: 409,
    Phrase("名单刚刚变过了，请再看一遍。", "The list has just changed. Please look at it again."))

  static let chatNothingPasted = Problem.invalid([
    FieldProblem("text", Phrase("请把群里的接龙粘贴到这里。", "Please paste the list from the group chat here."))
  ])

  static let chatTooLong = Problem.invalid([
    FieldProblem(
      "text",
      Phrase(
        "太长了，最多 \(ChatReader.characterLimit) 个字。",
        "This is too long: at most \(ChatReader.characterLimit) characters."))
  ])

  static func chatLineTooLong(_ line: Int) -> Problem {
    Problem.invalid([
      FieldProblem(
        "text",
        Phrase(
          "第 \(line) 行太长了，一行最多 \(ChatReader.lineLimit) 个字。",
          "Line \(line) is too long: a line has at most \(ChatReader.lineLimit) characters."))
    ])
  }
}
