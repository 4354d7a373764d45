import Kernel
import NuanlinServer
import Testing

@Suite("The content of the demo neighbourhood")
struct DemoContentTests {
  let community = DemoNeighbourhood.community
  let practice = DemoNeighbourhood.practiceCommunity
  let products = DemoProducts.all + DemoProducts.practice
  let merchants = DemoMerchants.all + [DemoMerchants.practice]

  @Test("The generator gives the numbers that its reference gives for seed 0")
  func generatorReference() {
    var random = DemoRandom(seed: 0)
    #expect(random.next() == 0xe220_a839_7b1d_cdaf)
    #expect(random.next() == 0x6e78_9e6a_a1b9_65f4)
  }

  @Test("Numbers stay in their range, weights of zero are never drawn, and a shuffle loses nothing")
  func generatorProperties() {
    var random = DemoRandom(key: "properties")
    for _ in 0..<2000 {
      let low = random.integer(in: -40...40)
      #expect((low...(low + 7)).contains(random.integer(in: low...(low + 7))))
      #expect(random.position(weights: [0, 3, 0, 1]).map { $0 == 1 || $0 == 3 } == true)
    }
    #expect(random.position(weights: [0, 0]) == nil)
    #expect(random.shuffled(Array(0..<50)).sorted() == Array(0..<50))
  }

  @Test("There are 120 products of eight merchants, and about 1,200 households in nine buildings")
  func counts() {
    #expect(DemoProducts.all.count == 120)
    #expect(DemoMerchants.all.count == 8)
    #expect(community.buildings.count == 9)
    #expect((1150...1250).contains(community.households.count))
    #expect(community.pickupPoints.count == 2)
    #expect((10...20).contains(practice.households.count))
    #expect(!community.practice && practice.practice)
  }

  @Test("Nothing that must be told apart occurs twice")
  func uniqueness() {
    func distinct<Value: Hashable>(_ values: [Value], _ what: Comment) {
      #expect(Set(values).count == values.count, what)
    }
    distinct(products.map(\.key), "product keys")
    distinct(products.map(\.name.chinese), "Chinese names")
    distinct(products.map(\.name.english), "English names")
    distinct(products.map(\.description), "descriptions")
    distinct(products.map { DemoPictures.product($0) }, "drawings")
    distinct(products.compactMap { $0.certificate?.number }, "certificates")
    distinct(merchants.map(\.licence), "licences")
    distinct(merchants.map(\.phone), "merchants' phones")
    distinct(community.households.map(\.door), "doors")
    distinct(DemoPeople.cast.map(\.key), "cast")
    let households = (community.households + practice.households).compactMap(\.phone)
    distinct(households, "households' phones")
    let outside = DemoPeople.cast.filter { $0.door == nil }.compactMap(phone)
    distinct(households + outside, "all phones")
  }

  private func phone(_ person: DemoPerson) -> String? {
    if case .phone(let number) = person.signIn { number } else { nil }
  }

  @Test("Every phone number is a valid form in the invented range")
  func phones() {
    let all =
      (community.households + practice.households).compactMap(\.phone) + DemoPeople.cast.compactMap(phone)
    for number in all {
      #expect(
        number.count == 11 && number.hasPrefix("1990000") && number.allSatisfy { $0.isNumber }, "\(number)")
    }
    for merchant in merchants { #expect(merchant.phone.contains("-0000-")) }
  }

  @Test("Every text is Chinese in Chinese and English in English")
  func bilingual() {
    for phrase in phrases {
      #expect(phrase.chinese.unicodeScalars.contains(where: isHan), "\(phrase.chinese)")
      #expect(
        !phrase.english.unicodeScalars.contains {
          isHan($0) || (0x3000...0x303f).contains($0.value) || $0.value > 0xff00
        }, "\(phrase.english)")
      #expect(phrase.english.contains { $0.isLetter }, "\(phrase.chinese)")
    }
  }

  private func isHan(_ scalar: Unicode.Scalar) -> Bool { (0x4e00...0x9fff).contains(scalar.value) }

  private var phrases: [Phrase] {
    var all: [Phrase] = []
    for product in products {
      all += [product.name, product.description, product.origin]
      all += product.variants.flatMap { [$0.pack] + [$0.name].compactMap { $0 } }
      all += [product.certificate?.name].compactMap { $0 }
    }
    for merchant in merchants { all += [merchant.name, merchant.story, merchant.address] }
    for person in DemoPeople.cast { all += [person.name, person.description] }
    for community in [community, practice] {
      all += [community.name, community.address] + community.buildings.map(\.name)
      all += community.pickupPoints.flatMap { [$0.name, $0.address, $0.notes] }
    }
    for template in DemoCampaigns.templates + [DemoCampaigns.practice] {
      all += [template.title, template.note]
    }
    return all
  }

  @Test("Each product is described in two sentences, without superlatives and without medical claims")
  func honestWords() {
    let chinese = [
      "最", "第一", "顶级", "极品", "极致", "绝对", "唯一", "首选", "国家级", "纯天然", "零添加", "养生", "降血", "治疗", "预防", "抗癌", "美容",
      "排毒", "保证",
    ]
    let english = [
      "best", "finest", "freshest", "healthiest", "perfect", "unique", "guarantee", "cure ", "heals", "detox",
      "superfood",
      "100%", "number one",
    ]
    for product in products {
      #expect(product.description.chinese.filter { $0 == "。" }.count == 2, "\(product.key)")
      #expect(product.description.english.contains(". "), "\(product.key)")
    }
    for phrase in phrases {
      for word in chinese { #expect(!phrase.chinese.contains(word), "\(word): \(phrase.chinese)") }
      for word in english {
        #expect(!phrase.english.lowercased().contains(word), "\(word): \(phrase.english)")
      }
    }
  }

  @Test("Prices, cases, weights and keeping times are plausible, and the larger pack costs more")
  func plausibleProducts() {
    for product in products {
      #expect(!product.variants.isEmpty && (1...100).contains(product.demandWeight), "\(product.key)")
      #expect(product.shelfLifeDays.map { $0 > 0 } ?? (product.category == .household), "\(product.key)")
      #expect(product.certificate.map { $0.number.hasPrefix("DEMO-") } ?? true)
      #expect([product.name, product.origin].allSatisfy { max($0.chinese.count, $0.english.count) <= 60 })
      for variant in product.variants {
        #expect(max(variant.pack.chinese.count, variant.pack.english.count) <= 40, "\(product.key)")
        #expect((150...10_000).contains(variant.expectedPrice.minorUnits), "\(product.key)")
        #expect((1...50).contains(variant.caseSize), "\(product.key)")
      }
      for (first, second) in zip(product.variants, product.variants.dropFirst()) {
        #expect(first.expectedPrice <= second.expectedPrice, "\(product.key)")
      }
    }
    for merchant in merchants { #expect((13...20).contains(merchant.products.count)) }
    #expect(Set(products.map(\.shape)) == Set(DemoShape.allCases))
  }

  @Test("All nine roles have someone, and every owner and home exists")
  func cast() throws {
    #expect(Set(DemoPeople.cast.flatMap(\.roles)) == Set(Role.allCases))
    for merchant in DemoMerchants.all {
      let owner = try #require(merchant.owner.flatMap(DemoPeople.withKey))
      #expect(owner.roles.contains(.merchant))
    }
    for person in DemoPeople.cast where person.door != nil {
      let home = try #require(community.households.first { $0.castKey == person.key })
      #expect(home.door == person.door && home.phone == phone(person))
      #expect(
        home.members.first?.name == person.name.chinese
          && Array(home.members.dropFirst()) == person.companions)
    }
  }

  @Test("The elder is 81, lives on a third floor without a lift, and has a card instead of a phone")
  func elder() throws {
    let elder = try #require(DemoPeople.withKey("wang-xiuzhen"))
    let home = try #require(community.households.first { $0.castKey == elder.key })
    #expect(DemoNeighbourhood.year - elder.birthYear == 81)
    #expect(home.floor == 3 && !home.hasLift && home.phone == nil && home.hasCard && elder.signIn == .card)
  }

  @Test("Nobody without a phone is left without a card, and ages and sizes are those of people")
  func households() {
    for home in community.households {
      #expect(home.phone != nil || home.hasCard)
      #expect((1...7).contains(home.members.count) && (0...1000).contains(home.orderingPropensity))
      for member in home.members {
        #expect(
          (0...100).contains(DemoNeighbourhood.year - member.birthYear) && (2...5).contains(member.name.count)
        )
      }
    }
    #expect(community.households.filter(\.hasCard).count > 40)
  }
}
