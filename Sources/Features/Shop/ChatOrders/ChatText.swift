import Kernel

/// What the reader of group-chat lists knows of an item on offer.
package struct ChatItem: Sendable, Equatable {
  package let id: CampaignItemID
  /// What it is called in each language, without its pack; the variant stands apart and may be empty.
  package let names: [Name]
  /// The words that count it, in both languages: `盒`, `box`, `boxes`.
  package let counters: Set<String>
  /// Exactly what one of it weighs, or is ordered by; nil where a weight says nothing of how many.
  package let grams: Int64?

  package struct Name: Sendable, Equatable {
    package let product: String
    package let variant: String

    package init(_ product: String, variant: String = "") {
      self.product = product
      self.variant = variant
    }
  }

  package init(_ id: CampaignItemID, names: [Name], counters: Set<String>, grams: Int64? = nil) {
    self.id = id
    self.names = names
    self.counters = counters
    self.grams = grams
  }
}

/// A pasted list, line by line: each line of the text is accounted for.
package struct ChatReading: Sendable, Equatable {
  package let lines: [ChatLine]

  /// What people ask for, in the order of the text.
  package var entries: [ChatEntry] { lines.compactMap(\.entry) }
}

/// One line of the text and what it is.
package struct ChatLine: Sendable, Equatable {
  /// 0 for the first line of the text.
  package let position: Int
  package let text: String
  /// What names the line when the text is read again; empty where nothing can be said of it.
  package let key: String
  package let kind: Kind

  package enum Kind: Sendable, Equatable {
    case blank
    /// Title, greeting, rules, a remark between the orders: nothing is asked for in it.
    case note
    /// Shows how to write an order.
    case example
    /// Offers an item; its letter or number, if any, is known from then on.
    case itemList
    /// Somebody else's message, copied with an answer to it.
    case quoted
    /// Goes on with the order that began in this line.
    case continuation(of: Int)
    /// Adds to, changes or cancels the order of this line, as its writer says.
    case amendment(of: Int)
    /// The leader left it out.
    case leftOut
    case order(ChatEntry)
  }

  package var entry: ChatEntry? {
    guard case .order(let entry) = kind else { return nil }
    return entry
  }
}

/// What one person asks for, as far as it can be read.
package struct ChatEntry: Sendable, Equatable {
  /// In which line it begins.
  package let position: Int
  /// The number that stands before it; nil where there is none.
  package let number: Int?
  /// What the person is called in the chat; empty where only a door is given.
  package let label: String
  /// Nil unless building and room can be read.
  package let door: ChatDoor?
  package let wishes: [ChatWish]
  package let intent: Intent
  /// Everything that cannot be read for certain. An order with a question is not placed.
  package let questions: [ChatQuestion]
  /// What was written, without the number, as far as the reader works on it.
  package let body: String
  /// The same without the door, for another to be put before it.
  package let doorless: String
  /// The leader said that it counts besides another order of the same door.
  package let isBesides: Bool

  package enum Intent: String, Sendable, Equatable {
    case order
    /// More of something, besides what the person asked for before.
    case addition
    /// New quantities for something that the person asked for before.
    case change
    /// Takes the person's order back.
    case cancellation
  }

  package var isCertain: Bool { questions.isEmpty }

  /// The entry in a form that has one reading only.
  package var rendering: String { rendering(of: wishes, intent) }

  /// The same person's line with other wishes, in a form that has one reading only.
  func rendering(of wishes: [ChatWish], _ intent: Intent) -> String {
    var parts: [String] = []
    if isBesides { parts.append(ChatMark.besides) }
    if !label.isEmpty { parts.append(label) }
    if let door { parts.append(ChatMark.door(door)) }
    switch intent {
    case .order: break
    case .addition: parts.append(ChatMark.addition)
    case .change: parts.append(ChatMark.change)
    case .cancellation: parts.append(ChatMark.cancellation)
    }
    parts += wishes.map { ChatMark.wish($0.item, $0.quantity) }
    return parts.joined(separator: " ")
  }

  /// Who asks, as later texts name the same person again: door and name in one spelling.
  package var identity: String {
    let door = door.map { "\($0.building)|\($0.unit)|\($0.room)" } ?? ""
    return "\(label.lowercased())|\(door.lowercased())"
  }
}

/// So many of an item, by its place in the list of items.
package struct ChatWish: Sendable, Equatable {
  package let item: Int
  package let quantity: Int64

  package init(item: Int, quantity: Int64) {
    self.item = item
    self.quantity = quantity
  }
}

/// A door as it is written: building and room, and the unit where one is named.
package struct ChatDoor: Sendable, Hashable {
  package let building: String
  package let unit: String
  package let room: String

  package init(building: String, unit: String = "", room: String) {
    self.building = building
    self.unit = unit
    self.room = room
  }
}

/// Something that can be read in more ways than one, or in none.
package struct ChatQuestion: Sendable, Equatable {
  package let kind: Kind
  /// The piece of the text that it is about.
  package let fragment: String
  package let choices: [Choice]

  package enum Kind: String, Sendable, Equatable, CaseIterable {
    /// Several items could be meant, or one that is called otherwise.
    case item
    /// Nothing on offer is called so.
    case unread
    /// How many, or of which.
    case quantity
    /// Counted in something that the item is not sold in.
    case counter
    /// A weight that is no whole number of pieces.
    case weight
    /// The same item stands twice in one line.
    case itemTwice = "item_twice"
    /// Nothing is asked for.
    case nothingAsked = "nothing_asked"
    /// There is no door.
    case doorMissing = "door_missing"
    /// A door without a building or a room, or one that could be two.
    case door
    /// "As above".
    case asAbove = "as_above"
    /// A part is taken back, or a change says too little.
    case change
    /// The same door or name stands in the list before.
    case repeated
    /// A part of the line is struck through.
    case struckOut = "struck_out"
    /// Nobody is entered at the door.
    case householdUnknown = "household_unknown"
    /// The room is there in several units.
    case householdUnclear = "household_unclear"
    /// A household is entered, and nobody in it.
    case householdEmpty = "household_empty"
    /// The household has an order already that does not come from this line.
    case ordered
    /// The line adds to its order, changes or takes back a part of it, and does not say the rest.
    case whole
    /// The order of this line was cancelled, and the line asks for something.
    case cancelled
  }

  /// One answer, with what the line would then say.
  package struct Choice: Sendable, Equatable {
    package let answer: Answer
    /// The line as the answer makes it; empty leaves the line out.
    package let text: String
  }

  package enum Answer: Sendable, Equatable {
    /// These and no more.
    case wishes([ChatWish])
    /// The words mean nothing for the order.
    case ignore
    case door(ChatDoor)
    /// The whole order is taken back.
    case cancel
    /// It counts besides what stands before.
    case besides
    /// The line is left out.
    case leaveOut
  }
}

/// Signs that only this program writes: they have one meaning each, so that what the leader answered stays answered.
package enum ChatMark {
  static let open: Character = "⟦"
  static let close: Character = "⟧"
  static let besides = "⟦besides⟧"
  static let addition = "⟦add⟧"
  static let change = "⟦change⟧"
  static let cancellation = "⟦cancel⟧"

  static func door(_ door: ChatDoor) -> String { "⟦door:\(door.building)|\(door.unit)|\(door.room)⟧" }

  static func wish(_ item: Int, _ quantity: Int64) -> String { "⟦\(letters(item))⟧×\(quantity)" }

  /// A, B … Z, AA, AB …: how an item is called in the list that goes into the chat.
  package static func letters(_ position: Int) -> String {
    guard let last = Unicode.Scalar(UInt8(65 + position % 26)).description.first else { return "" }
    return position < 26 ? String(last) : letters(position / 26 - 1) + String(last)
  }
}
