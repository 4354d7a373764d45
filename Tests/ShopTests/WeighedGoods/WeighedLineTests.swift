import Kernel
import TestKit
import Testing

@testable import Shop

@Suite struct WeighedLineTests {
  private static func offer(
    _ basis: WeighedPrice.Basis = .kilogram, grams: Int64 = 500, tolerance: Int64 = 10, code: String = ""
  ) throws -> WeighedOffer {
    let terms = try #require(WeighedTerms(per: basis, typicalGrams: grams, tolerancePercent: tolerance))
    return try #require(WeighedOffer(terms, labelCode: code))
  }

  @Test func `until it is weighed a line counts its estimate, and a line that gets nothing counts nothing`()
    throws
  {
    let line = WeighedLine(try Self.offer().terms)
    #expect(try line.amount(of: 1, at: .fen(1980)) == .fen(990))
    #expect(try line.amount(of: 3, at: .fen(1980)) == .fen(2970))
    #expect(try line.amount(of: 0, at: .fen(1980)) == .zero)
    #expect(try line.asked(at: .fen(1980)) == nil)
  }

  @Test func `what is charged never exceeds what was agreed, and is the weight's price otherwise`() throws {
    var random = SeededGenerator(seed: 77)
    for _ in 0..<3_000 {
      let typical = Int64.random(in: 1...5_000, using: &random)
      let terms = try #require(
        WeighedTerms(
          per: WeighedPrice.Basis.allCases.randomElement(using: &random) ?? .jin, typicalGrams: typical,
          tolerancePercent: Int64.random(in: 0...100, using: &random)))
      let price = Money.fen(Int64.random(in: 1...20_000, using: &random))
      let pieces = Int64.random(in: 1...9, using: &random)
      let most = try terms.estimate(of: pieces, at: price).most()
      var line = WeighedLine(terms)
      for _ in 0..<4 {
        let grams = Int64.random(in: 1...(3 * typical * pieces), using: &random)
        line = try line.weighing(grams, pieces: pieces, at: price)
        let weight = try #require(line.weight)
        let weighed = try WeighedPrice(price, per: terms.basis).amount(grams: grams)
        let limit = max(most, weight.agreed ?? .zero)
        #expect(weight.grams == grams && weight.charged == (weighed <= limit ? weighed : most))
        #expect(try line.asked(at: price) == (weighed > limit ? weighed : nil))
        #expect(try line.amount(of: pieces, at: price) == weight.charged)
        guard Bool.random(using: &random) else { continue }
        let agreed = try line.agreeing(pieces: pieces, at: price)
        #expect(try agreed.amount(of: pieces, at: price) == weighed && agreed.asked(at: price) == nil)
        #expect(try agreed.agreeing(pieces: pieces, at: price) == agreed)
        line = agreed
      }
    }
  }

  @Test func `an agreement stands for what is lighter, and heavier goods are asked about anew`() throws {
    let price = Money.fen(2_000)
    let heavy = try WeighedLine(try Self.offer().terms).weighing(800, pieces: 1, at: price)
    #expect(heavy.weight?.charged == .fen(1_100))
    let agreed = try heavy.agreeing(pieces: 1, at: price)
    #expect(agreed.weight?.charged == .fen(1_600) && agreed.weight?.agreed == .fen(1_600))
    #expect(try agreed.weighing(700, pieces: 1, at: price).weight?.charged == .fen(1_400))
    let heavier = try agreed.weighing(900, pieces: 1, at: price)
    #expect(heavier.weight?.charged == .fen(1_100))
    #expect(try heavier.asked(at: price) == .fen(1_800))
    #expect(try agreed.weighing(500, pieces: 1, at: price).weight?.agreed == nil)
  }

  @Test func `nothing, and less than nothing, is no weight`() throws {
    let line = WeighedLine(try Self.offer().terms)
    for grams in [Int64(0), -1] {
      #expect(throws: Problem.self) { try line.weighing(grams, pieces: 1, at: .fen(100)) }
    }
  }

  @Test(
    arguments: [
      ("580", 580), (" 580 克", 580), ("580g", 580), ("0.58", 580), ("0.58kg", 580), ("０．５８公斤", 580),
      ("1.2斤", 600),
      ("1.25 千克", 1250), ("2kg", 2000), ("300+280", 580), ("0.3 + 280", 580), ("12.5克", nil), ("0", nil),
      ("", nil), ("+", nil), ("580+", nil), ("-5", nil), ("重", nil), ("1e3", nil), ("0.5801斤", nil),
      ("1001kg", nil),
      ("99999999999999999999kg", nil),
    ] as [(String, Int64?)])
  func `weights are read as people type them`(text: String, grams: Int64?) throws {
    let offer = try Self.offer()
    #expect((try? WeightText.grams(text, of: offer, at: .fen(1980), [])) == grams, "\(text)")
  }

  /// Thirteen digits with their check digit.
  private static func label(_ twelve: String) -> String {
    (0...9).map { "\(twelve)\($0)" }.first { TradeItemNumber($0) != nil } ?? ""
  }

  @Test func `labels give their weight, and their price where it fits; another item's are refused`() throws {
    let layouts = try #require(LabelPattern("22IIIIIWWWWWC 23IIIIIPPPPPC")).layouts
    let offer = try Self.offer(code: "00042")
    func read(_ text: String, _ offer: WeighedOffer) -> Result<Int64, Problem> {
      Result { () throws(Problem) in
        do { return try WeightText.grams(text, of: offer, at: .fen(1980), layouts) } catch let problem
          as Problem
        {
          throw problem
        } catch { throw .internalFault }
      }
    }
    let weight = Self.label("220004200584")
    #expect(read(weight, offer) == .success(584))
    #expect(read("\(weight)+\(Self.label("220004200416"))", offer) == .success(1000))
    #expect(read(weight, try Self.offer(code: "42")) == .success(584))
    #expect(read(weight, try Self.offer(code: "43")) == .failure(.labelOfOtherItem))
    #expect(read(weight, try Self.offer()) == .failure(.labelOfOtherItem))
    // 584 g × ¥19.80/kg = ¥11.56; ¥11.57 comes from no weight.
    #expect(read(Self.label("230004201156"), offer) == .success(584))
    #expect(read(Self.label("230004201157"), offer) == .failure(.labelPriceDiffers))
    #expect(read(Self.label("240004200584"), offer) == .failure(.labelUnknown("24")))
    #expect(
      read(String(weight.dropLast()) + (weight.hasSuffix("1") ? "2" : "1"), offer)
        == .failure(.labelUnreadable))
  }

  @Test(
    arguments: [
      ("22IIIIIWWWWWC", "22IIIIIWWWWWC"), ("02iiiiiipppp c", nil), ("21IIIIVPPPPPC", "21IIIIVPPPPPC"),
      ("22IIIIIWWWWWC, 23IIIIIPPPPPC", "22IIIIIWWWWWC 23IIIIIPPPPPC"), ("22IIIIIWWWWWC 22IIIIIPPPPPC", nil),
      ("69IIIIIWWWWWC", nil), ("22IIIIIWWWWW", nil), ("22IIIIIWWPPPC", nil), ("", nil),
    ] as [(String, String?)])
  func `label patterns fill thirteen digits and nothing else`(typed: String, text: String?) {
    #expect(LabelPattern(typed)?.text == text)
  }

  @Test func `half of what is sold by weight is no offer, and says which half is missing`() throws {
    func fields(_ parts: WeighedOffer.Parts, _ unit: Unit = .box) -> [WeighedOffer.Field] {
      var fields: [WeighedOffer.Field] = []
      _ = WeighedOffer.offer(parts, unit: unit) { field, _ in fields.append(field) }
      return fields
    }
    #expect(fields(.init()) == [])
    #expect(fields(.init(basis: .jin, typicalGrams: 500, tolerancePercent: 10)) == [])
    #expect(fields(.init(typicalGrams: 500)) == [.basis])
    #expect(fields(.init(labelCode: "42")) == [.basis])
    #expect(fields(.init(basis: .jin)) == [.typicalGrams, .tolerancePercent])
    #expect(
      fields(.init(basis: .jin, typicalGrams: 0, tolerancePercent: 101)) == [
        .typicalGrams, .tolerancePercent,
      ])
    #expect(fields(.init(basis: .jin, typicalGrams: 1, tolerancePercent: 0, labelCode: "4a")) == [.labelCode])
    #expect(fields(.init(basis: .jin, typicalGrams: 1, tolerancePercent: 0), .kilogram) == [.basis])
  }
}
