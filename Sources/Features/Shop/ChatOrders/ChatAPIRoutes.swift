import Database
import Hummingbird
import Kernel
import Web

extension ChatOrders {
  func registerAPI(on routes: inout Routes, _ people: Access.Personal, _ own: Objects) {
    routes.get(
      "/api/v1/campaigns/:campaign/chat-text", for: people, objects: own, operation: ChatOperations.text
    ) { signedIn in
      let (export, progress) = try await export(signedIn)
      var json = JSONWriter(capacity: 2048)
      json.object { json in
        json.field("text", export.opening)
        json.field("progress", export.progress(progress))
      }
      return .json(json)
    }
    routes.post(
      "/api/v1/campaigns/:campaign/chat-readings", for: people, objects: own, limits: Self.limits,
      bodyLimit: .json, operation: ChatOperations.read
    ) { try await readByAPI($0) }
  }

  /// Reads a list and keeps nothing of it.
  private func readByAPI(_ signedIn: SignedIn) async throws -> Response {
    let (campaign, _) = try await found(signedIn)
    var body = try await signedIn.json().object()
    let text = body.string("text", length: 1...ChatReader.characterLimit)
    try body.finish()
    if let line = text.flatMap(ChatReader.longLine) { throw Problem.chatLineTooLong(line) }
    let items = try await database.read {
      try CampaignStore.deskItems(of: campaign.id, in: campaign.community, $0)
    }
    let reading = ChatReader(items.map(ChatItem.init)).read(text ?? "")
    return .json(ChatJSON.document(reading, items.map(\.item.id)))
  }
}

/// A reading as programs see it.
enum ChatJSON {
  static func document(_ reading: ChatReading, _ items: [CampaignItemID]) -> JSONWriter {
    var json = JSONWriter(capacity: 512 + reading.lines.count * 200)
    json.object { json in
      json.array("lines", reading.lines) { json, line in
        json.object { json in
          json.field("line", Int64(line.position + 1))
          json.field("kind", name(of: line.kind))
          if let entry = line.entry { write(entry, items, to: &json) }
        }
      }
    }
    return json
  }

  private static func write(_ entry: ChatEntry, _ items: [CampaignItemID], to json: inout JSONWriter) {
    json.object("order") { json in
      json.field("is_certain", entry.isCertain)
      json.field("intent", entry.intent.rawValue)
      json.field("label", entry.label)
      json.field("building", entry.door?.building)
      json.field("unit", entry.door?.unit)
      json.field("room", entry.door?.room)
      json.array("wishes", entry.wishes) { json, wish in
        json.object { json in
          json.field("item", items[wish.item])
          json.field("quantity", wish.quantity)
        }
      }
      json.array("questions", entry.questions) { json, question in
        json.object { json in
          json.field("kind", question.kind.rawValue)
          json.field("fragment", question.fragment)
        }
      }
    }
  }

  static func name(of kind: ChatLine.Kind) -> String {
    switch kind {
    case .blank: "blank"
    case .note: "note"
    case .example: "example"
    case .itemList: "item_list"
    case .quoted: "quoted"
    case .continuation: "continuation"
    case .amendment: "amendment"
    case .leftOut: "left_out"
    case .order: "order"
    }
  }

  static let reading = Schema.object([
    .init(
      "lines",
      .array(
        .object([
          .init("line", .integer(1...Int64.max)), .init("kind", .string()),
          .init("order", order, isRequired: false),
        ])))
  ])

  private static let order = Schema.named(
    "ChatOrder",
    .object([
      .init("is_certain", .boolean), .init("intent", .string()), .init("label", .string()),
      .init("building", .nullable(.string())), .init("unit", .nullable(.string())),
      .init("room", .nullable(.string())),
      .init(
        "wishes",
        .array(
          .object([.init("item", .identifier), .init("quantity", .integer(1...Order.quantityLimit))]))),
      .init("questions", .array(.object([.init("kind", .string()), .init("fragment", .string())]))),
    ]))
}

/// The API of group-chat lists as the OpenAPI document describes it.
enum ChatOperations {
  static let text = Operation(
    "campaignChatText",
    Phrase("团购发到群里的文字，和报进度的文字。", "A campaign as a text for the group chat, and how far it has come."),
    answers: [
      .init(
        200, Phrase("两段文字。", "The two texts."),
        Schema.object([.init("text", .string()), .init("progress", .string())]))
    ])

  static let read = Operation(
    "readChatList",
    Phrase(
      "读一份群接龙：每行是什么，哪里看不准。什么也不保存。",
      "Reads a list from a group chat: what each line is and what is doubtful. Nothing is kept."),
    request: Schema.object([.init("text", .string(length: 1...ChatReader.characterLimit))]),
    answers: [.init(200, Phrase("逐行的结果。", "What was read, line by line."), ChatJSON.reading)])
}
