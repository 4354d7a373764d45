/// What can be drawn for a product: one case, one drawing.
package enum DemoShape: String, Sendable, CaseIterable {
  case bokChoy, seedlings, spinach, amaranth, frillyGreens, celery, scallions, coriander, lettuce, napaCabbage
  case cabbage, tatsoi, cauliflower, broccoli
  case whiteRadish, carrots, roundRadishes, potatoes, taro, waterChestnuts, sweetPotatoes, yams, onions,
    garlic
  case ginger, pumpkin, longSquash, winterMelon, lotusRoot, waterBamboo, waterCaltrops, bambooShoots
  case tomatoes, cherryTomatoes, aubergines, cucumbers, luffas, peppers, corn, edamame, broadBeans,
    hyacinthBeans
  case greenBeans, longBeans, sprouts, shiitake, oysterMushrooms, enoki
  case apples, citrus, pomelo, pears, grapes, strawberries, watermelon, peaches, kiwi, persimmons, bananas
  case bayberries, jujubes
  case tofuBlock, softTofu, driedTofu, tofuSheets, tofuKnots, tofuPuffs, glutenBalls, slicedRoll, spongeCubes
  case eggs, saltedEggs, quailEggs, bowl
  case fish, smallFish, fishSteaks, ribbonFish, shrimps, crab, snails, clams
  case wholeChicken, drumsticks, duck, porkBelly, ribs, curedMeat
  case loaf, roundBread, baguettes, buns, plainBuns, twistedRolls, greenBalls, mooncakes, palmiers,
    spongeCakes
  case riceCakes, dumplings, wontons, freshNoodles
  case riceBag, sack, pouch, seedPouch, driedNoodles, oilBottle, sauceBottle, milkBottle, milkCarton,
    yoghurtCups
  case jar, honeyJar, fruitJar, pickleJar, teaTin, crystals
  case detergent, laundryJug, tissueBox, paperRolls, towels, brush, soap, binBags, flowers, produceBox,
    lightBulbs
  case slippers
}

extension DemoSketch {
  /// Draws one shape. A plain table, whole in one place, so that the compiler sees that no shape is missing.
  mutating func draw(_ shape: DemoShape) {
    switch shape {
    case .bokChoy: bokChoy()
    case .seedlings: seedlings()
    case .spinach: spinach()
    case .amaranth: amaranth()
    case .frillyGreens: frillyGreens()
    case .celery: celery()
    case .scallions: scallions()
    case .coriander: coriander()
    case .lettuce: lettuce()
    case .napaCabbage: napaCabbage()
    case .cabbage: cabbage()
    case .tatsoi: tatsoi()
    case .cauliflower: cauliflower()
    case .broccoli: broccoli()
    case .whiteRadish: whiteRadish()
    case .carrots: carrots()
    case .roundRadishes: roundRadishes()
    case .potatoes: potatoes()
    case .taro: taro()
    case .waterChestnuts: waterChestnuts()
    case .sweetPotatoes: sweetPotatoes()
    case .yams: yams()
    case .onions: onions()
    case .garlic: garlic()
    case .ginger: ginger()
    case .pumpkin: pumpkin()
    case .longSquash: longSquash()
    case .winterMelon: winterMelon()
    case .lotusRoot: lotusRoot()
    case .waterBamboo: waterBamboo()
    case .waterCaltrops: waterCaltrops()
    case .bambooShoots: bambooShoots()
    case .tomatoes: tomatoes()
    case .cherryTomatoes: cherryTomatoes()
    case .aubergines: aubergines()
    case .cucumbers: cucumbers()
    case .luffas: luffas()
    case .peppers: peppers()
    case .corn: corn()
    case .edamame: edamame()
    case .broadBeans: broadBeans()
    case .hyacinthBeans: hyacinthBeans()
    case .greenBeans: greenBeans()
    case .longBeans: longBeans()
    case .sprouts: sprouts()
    case .shiitake: shiitake()
    case .oysterMushrooms: oysterMushrooms()
    case .enoki: enoki()
    case .apples: apples()
    case .citrus: citrus()
    case .pomelo: pomelo()
    case .pears: pears()
    case .grapes: grapes()
    case .strawberries: strawberries()
    case .watermelon: watermelon()
    case .peaches: peaches()
    case .kiwi: kiwi()
    case .persimmons: persimmons()
    case .bananas: bananas()
    case .bayberries: bayberries()
    case .jujubes: jujubes()
    case .tofuBlock: tofuBlock()
    case .softTofu: softTofu()
    case .driedTofu: driedTofu()
    case .tofuSheets: tofuSheets()
    case .tofuKnots: tofuKnots()
    case .tofuPuffs: tofuPuffs()
    case .glutenBalls: glutenBalls()
    case .slicedRoll: slicedRoll()
    case .spongeCubes: spongeCubes()
    case .eggs: eggs()
    case .saltedEggs: saltedEggs()
    case .quailEggs: quailEggs()
    case .bowl: bowl()
    case .fish: fish()
    case .smallFish: smallFish()
    case .fishSteaks: fishSteaks()
    case .ribbonFish: ribbonFish()
    case .shrimps: shrimps()
    case .crab: crab()
    case .snails: snails()
    case .clams: clams()
    case .wholeChicken: wholeChicken()
    case .drumsticks: drumsticks()
    case .duck: duck()
    case .porkBelly: porkBelly()
    case .ribs: ribs()
    case .curedMeat: curedMeat()
    case .loaf: loaf()
    case .roundBread: roundBread()
    case .baguettes: baguettes()
    case .buns: buns()
    case .plainBuns: plainBuns()
    case .twistedRolls: twistedRolls()
    case .greenBalls: greenBalls()
    case .mooncakes: mooncakes()
    case .palmiers: palmiers()
    case .spongeCakes: spongeCakes()
    case .riceCakes: riceCakes()
    case .dumplings: dumplings()
    case .wontons: wontons()
    case .freshNoodles: freshNoodles()
    case .riceBag: riceBag()
    case .sack: sack()
    case .pouch: pouch()
    case .seedPouch: seedPouch()
    case .driedNoodles: driedNoodles()
    case .oilBottle: oilBottle()
    case .sauceBottle: sauceBottle()
    case .milkBottle: milkBottle()
    case .milkCarton: milkCarton()
    case .yoghurtCups: yoghurtCups()
    case .jar: jar()
    case .honeyJar: honeyJar()
    case .fruitJar: fruitJar()
    case .pickleJar: pickleJar()
    case .teaTin: teaTin()
    case .crystals: crystals()
    case .detergent: detergent()
    case .laundryJug: laundryJug()
    case .tissueBox: tissueBox()
    case .paperRolls: paperRolls()
    case .towels: towels()
    case .brush: brush()
    case .soap: soap()
    case .binBags: binBags()
    case .flowers: flowers()
    case .produceBox: produceBox()
    case .lightBulbs: lightBulbs()
    case .slippers: slippers()
    }
  }
}
