/// What tells of a person, not of goods. It errs on the side of keeping too little: what is not kept is missing in a list,
/// and nothing else.
enum PersonalLook {
  private static let chineseDigits: Set<Character> = [
    "〇", "零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "百", "千", "两", "幺",
  ]
  /// As many digits as the shortest number by which somebody can be reached: a local telephone number, a postcode.
  private static let digitLimit = 6
  private static let titles = [
    "先生", "女士", "小姐", "阿姨", "叔叔", "大爷", "大妈", "大叔", "爷爷", "奶奶", "外婆", "老师", "医生", "师傅",
  ]
  /// Goods that are called like somebody.
  private static let brands: Set<String> = ["康师傅", "果汁先生", "花生先生"]
  /// Before somebody's name in a messenger.
  private static let messengers = ["微信", "wx", "vx", "qq", "wechat"]
  /// After the number of a house or a part of it: `3号楼`, `5栋`, `2单元`, `501室`, `88弄`.
  private static let doorWords = ["号楼", "栋", "幢", "单元", "室", "弄", "号院", "号房", "号门", "楼", "房"].map(Array.init)
  /// The last character of the name of a street or an estate, before `88号`.
  private static let streets: Set<Character> = ["路", "街", "巷", "弄", "村", "里", "苑", "园", "道", "同"]
  private static let englishDoors = [
    "building", "bldg", "unit", "room", "rm", "flat", "apt", "apartment", "block",
  ]

  static func isFound(in text: String, typed: String) -> Bool {
    let folded = NeedSpelling.folded(typed).filter { !$0.isWhitespace }
    return isNumber(text) || isAddressedOnline(folded) || isDoor(Array(folded)) || isEnglishDoor(text)
      || isPlate(Array(folded)) || isName(text)
  }

  /// Nothing but digits, or so many of them that they may be a telephone, identity or card number.
  private static func isNumber(_ text: String) -> Bool {
    let signs = text.filter { $0.isLetter || $0.isNumber }
    let digits = signs.count { isDigit($0) }
    return digits == signs.count || digits >= digitLimit
  }

  private static func isDigit(_ character: Character) -> Bool {
    chineseDigits.contains(character) || (character.isNumber && !NeedSpelling.isHan(character))
  }

  private static func isPlainDigit(_ character: Character) -> Bool {
    character.isASCII && character.isNumber
  }

  private static func isAddressedOnline(_ folded: String) -> Bool {
    folded.contains("@") || folded.contains("://") || folded.hasPrefix("www.")
      || messengers.contains { isAccount(folded, of: $0) }
  }

  /// At least five letters and digits after the name of a messenger.
  private static func isAccount(_ folded: String, of messenger: String) -> Bool {
    guard let name = folded.firstRange(of: messenger) else { return false }
    let account = folded[name.upperBound...].drop { "号:：".contains($0) }
      .prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "_-".contains($0)) }
    return account.count >= 5
  }

  private static func isDoor(_ signs: [Character]) -> Bool {
    signs.indices.contains { place in
      isNumbered(signs[place...]) || isOnStreet(signs[place...]) || isDashed(signs[place...])
    } || isNumberAlone(signs)
  }

  /// A number, or the letter of a building, and a word for a part of a house; or `3号501`.
  private static func isNumbered(_ signs: ArraySlice<Character>) -> Bool {
    guard let first = signs.first, isDigit(first) || (first.isASCII && first.isLetter) else { return false }
    let rest = signs.dropFirst()
    if doorWords.contains(where: rest.starts(with:)) { return true }
    return isDigit(first) && rest.first == "号" && (rest.dropFirst().first.map(isPlainDigit) ?? false)
  }

  /// `人民路88号`
  private static func isOnStreet(_ signs: ArraySlice<Character>) -> Bool {
    guard let first = signs.first, streets.contains(first) else { return false }
    let number = signs.dropFirst().prefix(while: isDigit)
    return !number.isEmpty && signs.dropFirst(1 + number.count).first == "号"
  }

  /// `88号`
  private static func isNumberAlone(_ signs: [Character]) -> Bool {
    signs.count > 1 && signs.last == "号" && signs.dropLast().allSatisfy(isDigit)
  }

  /// `3-2-501` and `3-501`, from the first sign between them on.
  private static func isDashed(_ signs: ArraySlice<Character>) -> Bool {
    guard let first = signs.first, isPlainDigit(first) else { return false }
    let rest = signs.dropFirst()
    guard let dash = rest.first, "-#/".contains(dash) else { return false }
    let number = rest.dropFirst().prefix(while: isPlainDigit)
    let after = rest.dropFirst(1 + number.count)
    if !number.isEmpty, let next = after.first, "-#/".contains(next) {
      return after.dropFirst().first.map(isPlainDigit) ?? false
    }
    return dash != "/" && (3...4).contains(number.count)
  }

  /// `room 501`
  private static func isEnglishDoor(_ text: String) -> Bool {
    englishDoors.contains { word in
      text.ranges(of: word).contains { range in
        let isWhole =
          range.lowerBound == text.startIndex || !text[text.index(before: range.lowerBound)].isLetter
        let next = text[range.upperBound...].first { $0 != " " }
        return isWhole && (next.map(isPlainDigit) ?? false)
      }
    }
  }

  /// A vehicle's plate, such as 沪A12345 (GA 36-2018).
  private static func isPlate(_ folded: [Character]) -> Bool {
    let signs = folded.filter { $0.isLetter || $0.isNumber }
    guard (7...8).contains(signs.count), NeedSpelling.isHan(signs[0]) else { return false }
    return signs[1].isASCII && signs[1].isLetter && signs.dropFirst().allSatisfy(\.isASCII)
      && signs.contains(where: isPlainDigit)
  }

  /// `王阿姨`, `李老师`: a name of up to three characters and what somebody is called by.
  private static func isName(_ text: String) -> Bool {
    guard !brands.contains(text), let title = titles.first(where: text.hasSuffix) else { return false }
    return text.count - title.count <= 3
  }
}
