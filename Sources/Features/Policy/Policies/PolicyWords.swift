import Kernel
import Security
import Web

/// How the parts of a policy are written out for readers.
struct PolicyWords {
  let say: Wording

  /// `每月 ¥600.00`, `¥600.00 a month`; nil for what is not counted.
  func amount(_ benefit: PolicyBenefit) -> String? {
    guard let amount = benefit.amount else { return nil }
    let figure: String =
      switch amount.unit {
      case .yuan: say.money(.fen(amount.hundredths))
      case .percent: "\(Self.number(amount.hundredths))%"
      case .hours, .days, .times: "\(Self.number(amount.hundredths)) \(say(amount.unit.name))"
      }
    return say("\(benefit.period.name.chinese) \(figure)", "\(figure) \(benefit.period.name.english)")
  }

  /// `600`, `12.5`: hundredths without zeros that say nothing.
  static func number(_ hundredths: Int64) -> String {
    var text = Money(minorUnits: hundredths).decimal
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }

  /// What one part of a version says, line by line; empty where it says nothing.
  ///
  /// - Parameter titles: what policies are called that it may name.
  func lines(_ part: PolicyPart, _ content: PolicyContent, titles: [PolicyID: Phrase]) -> [String] {
    let (document, words, english) = (content.document, content.words, content.english)
    switch part {
    case .title: return lines(document.title)
    case .englishTitle: return lines(english.title)
    case .issuer: return lines(document.issuer)
    case .number: return lines(document.number)
    case .level: return [say(document.level.name)]
    case .field: return [say(document.field.name)]
    case .area: return lines(document.area)
    case .issued: return [document.issued.words(say)]
    case .effective: return [document.effective.words(say)]
    case .expires: return document.expires.map { [$0.words(say)] } ?? []
    case .source: return lines(document.source)
    case .file: return document.file.map { [$0.description] } ?? []
    case .replaces: return document.replaces.map { [titles[$0].map { say($0) } ?? $0.description] } ?? []
    case .summary: return lines(words.summary)
    case .englishSummary: return lines(english.summary)
    case .audience: return lines(words.audience)
    case .benefits:
      return words.benefits.map { benefit in
        [benefit.what, amount(benefit)].compactMap(\.self).joined(separator: say("：", ": "))
      }
    case .steps: return words.steps
    case .englishSteps: return english.steps
    case .documents: return words.documents
    case .place: return lines(words.place)
    case .hours: return lines(words.hours)
    case .phone: return lines(words.phone)
    }
  }

  private func lines(_ text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).map(String.init)
  }
}

/// The parts of a version in the order in which readers meet them.
enum PolicyPart: CaseIterable {
  case title
  case englishTitle
  case summary
  case englishSummary
  case audience
  case benefits
  case steps
  case englishSteps
  case documents
  case place
  case hours
  case phone
  case issuer
  case number
  case level
  case field
  case area
  case issued
  case effective
  case expires
  case replaces
  case source
  case file

  var name: Phrase {
    switch self {
    case .title: Phrase("名称", "Title")
    case .englishTitle: Phrase("英文名称", "English title")
    case .summary: Phrase("一看就懂", "In plain words")
    case .englishSummary: Phrase("英文说明", "In English")
    case .audience: Phrase("给谁的", "Who it is for")
    case .benefits: Phrase("能得到什么", "What you get")
    case .steps: Phrase("怎么办", "How to apply")
    case .englishSteps: Phrase("英文的办法", "How to apply, in English")
    case .documents: Phrase("要带什么", "What to bring")
    case .place: Phrase("在哪里办", "Where")
    case .hours: Phrase("几点办", "Opening hours")
    case .phone: Phrase("电话", "Telephone")
    case .issuer: Phrase("谁发的", "Issued by")
    case .number: Phrase("文号", "Document number")
    case .level: Phrase("哪一级", "Level")
    case .field: Phrase("哪方面", "Field")
    case .area: Phrase("哪里适用", "Where it applies")
    case .issued: Phrase("发文日期", "Issued on")
    case .effective: Phrase("从哪天起", "In force from")
    case .expires: Phrase("到哪天止", "In force until")
    case .replaces: Phrase("替代了", "It replaces")
    case .source: Phrase("原文网址", "Where the paper stands")
    case .file: Phrase("原件指纹（SHA-256）", "Fingerprint of the file (SHA-256)")
    }
  }
}
