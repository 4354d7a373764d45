/// How what stands on paper is cut into pages, so that each can carry its number and its code.
///
/// Heights are those of `.large-paper` in site.css, taken rather too large than too small: 18 pt type, headings of 22 pt, A4
/// with margins of 14 mm. All in tenths of a millimetre.
enum PaperLayout {
  /// Something that stands on paper: a head that is kept whole, and rows that may go on over the page.
  struct Block: Sendable, Equatable {
    let head: Int
    let rows: [Int]
    /// Whether it must not be the last on its page, as headings must not.
    let keepsWithNext: Bool

    var height: Int { head + rows.reduce(0, +) }

    init(head: Int, rows: [Int] = [], keepsWithNext: Bool = false) {
      self.head = head
      self.rows = rows
      self.keepsWithNext = keepsWithNext
    }
  }

  /// What of a block stands on one page.
  struct Piece: Sendable, Equatable {
    let block: Int
    let rows: Range<Int>
    /// Whether it began on the page before.
    let isContinued: Bool
  }

  /// Everything in its order, each page no fuller than its capacity unless a single head or row is larger than that.
  static func pages(_ blocks: [Block], capacity: Int) -> [[Piece]] {
    var filler = Filler(capacity: capacity)
    var start = blocks.startIndex
    while start < blocks.endIndex {
      var end = start
      while end < blocks.endIndex - 1, blocks[end].keepsWithNext { end += 1 }
      filler.add(blocks, start...end)
      start = end + 1
    }
    return filler.finished
  }

  private struct Filler {
    let capacity: Int
    private var pages: [[Piece]] = []
    private var page: [Piece] = []
    private var used = 0

    init(capacity: Int) {
      self.capacity = capacity
    }

    var finished: [[Piece]] { page.isEmpty && !pages.isEmpty ? pages : pages + [page] }

    private mutating func turn() {
      if page.isEmpty { return }
      pages.append(page)
      page = []
      used = 0
    }

    /// Blocks that are kept together.
    mutating func add(_ blocks: [Block], _ range: ClosedRange<Int>) {
      let height = range.reduce(0) { $0 + blocks[$1].height }
      if used + height > capacity { turn() }
      for index in range { place(blocks[index], index) }
    }

    private mutating func place(_ block: Block, _ index: Int) {
      var first = 0
      repeat {
        if used > 0, used + block.head + (block.rows.dropFirst(first).first ?? 0) > capacity { turn() }
        var next = first
        used += block.head
        while next < block.rows.count, next == first || used + block.rows[next] <= capacity {
          used += block.rows[next]
          next += 1
        }
        page.append(Piece(block: index, rows: first..<next, isContinued: first > 0))
        if next < block.rows.count { turn() }
        first = next
      } while first < block.rows.count
    }
  }
}

/// How high texts are on paper.
enum PaperMeasure {
  static let pageHeight = 2_690
  /// The community's name and number, which stand above the first page.
  static let printHead = 140
  /// What is left empty because nobody knows the printer's own type.
  static let reserve = 120
  /// A line of 18 pt, and of a heading of 22 pt.
  static let line = 86
  static let headingLine = 106
  /// Under each paragraph and heading.
  static let gap = 20
  /// A box to tick with the room around it.
  static let box = 106
  /// A line to write on.
  static let writingLine = 110
  /// The code and the serial under it.
  static let code = 480
  /// In hundredths of a character's height: 182 mm of text, beside a box, beside the code.
  static let textWidth = 2_750
  static let besideBox = 2_500
  static let headingWidth = 2_250
  static let besideCode = 2_200
  static let headingBesideCode = 1_800

  /// How many lines a text takes; at least one.
  static func lines(_ text: String, width: Int) -> Int {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).reduce(0) { lines, paragraph in
      let length = paragraph.unicodeScalars.reduce(0) { $0 + self.width($1) }
      return lines + max(1, (length + width - 1) / width)
    }
  }

  /// Hundredths of its height.
  private static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0..<0x300: 60
    case 0x300..<0x1100: 70
    default: 104
    }
  }

  static func paragraph(_ text: String, width: Int = textWidth) -> Int {
    lines(text, width: width) * line + gap
  }

  static func heading(_ text: String, width: Int = headingWidth) -> Int {
    lines(text, width: width) * headingLine + gap
  }

  static func choice(_ text: String) -> Int { max(box, lines(text, width: besideBox) * line + gap) }

  /// A text in pieces that pages can be cut between: its lines, and long ones at the ends of their sentences.
  static func paragraphs(_ text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).flatMap { line -> [String] in
      var pieces: [String] = []
      var piece = ""
      for character in line {
        piece.append(character)
        if piece.count >= 120, "。！？；.!?;".contains(character) {
          pieces.append(piece)
          piece = ""
        }
      }
      return piece.allSatisfy(\.isWhitespace) ? pieces : pieces + [piece]
    }
  }
}
