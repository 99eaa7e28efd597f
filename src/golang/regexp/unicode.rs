//! The groups of `\p{…}` that Go knows: general categories, their long names, scripts, and five names of its own.
//!
//! Names are compared without case, spaces, `_` and `-`. The characters come from `regex-syntax`, less those that
//! came after Go's Unicode tables.

use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, HirKind, Literal};

/// The newest Unicode version in Go's tables.
const GO_AGE: &str = r"\p{Age=15.0}";

/// General categories, as Go's `unicode.Categories` and `unicode.CategoryAliases` name them. `C` is not here: Go
/// leaves unassigned characters out of it.
const CATEGORIES: &str = "\
    Cc Cf Co Cs L LC Ll Lm Lo Lt Lu M Mc Me Mn N Nd Nl No P Pc Pd Pe Pf Pi Po Ps S Sc Sk Sm So Z Zl Zp Zs \
    Cased_Letter Close_Punctuation Combining_Mark Connector_Punctuation Control Currency_Symbol Dash_Punctuation \
    Decimal_Number Enclosing_Mark Final_Punctuation Format Initial_Punctuation Letter Letter_Number Line_Separator \
    Lowercase_Letter Mark Math_Symbol Modifier_Letter Modifier_Symbol Nonspacing_Mark Number Open_Punctuation \
    Other_Letter Other_Number Other_Punctuation Other_Symbol Paragraph_Separator Private_Use Punctuation Separator \
    Space_Separator Spacing_Mark Surrogate Symbol Titlecase_Letter Uppercase_Letter cntrl digit punct";

/// Scripts, as Go's `unicode.Scripts` names them.
const SCRIPTS: &str = "\
    Adlam Ahom Anatolian_Hieroglyphs Arabic Armenian Avestan Balinese Bamum Bassa_Vah Batak Bengali Bhaiksuki \
    Bopomofo Brahmi Braille Buginese Buhid Canadian_Aboriginal Carian Caucasian_Albanian Chakma Cham Cherokee \
    Chorasmian Common Coptic Cuneiform Cypriot Cypro_Minoan Cyrillic Deseret Devanagari Dives_Akuru Dogra Duployan \
    Egyptian_Hieroglyphs Elbasan Elymaic Ethiopic Georgian Glagolitic Gothic Grantha Greek Gujarati Gunjala_Gondi \
    Gurmukhi Han Hangul Hanifi_Rohingya Hanunoo Hatran Hebrew Hiragana Imperial_Aramaic Inherited \
    Inscriptional_Pahlavi Inscriptional_Parthian Javanese Kaithi Kannada Katakana Kawi Kayah_Li Kharoshthi \
    Khitan_Small_Script Khmer Khojki Khudawadi Lao Latin Lepcha Limbu Linear_A Linear_B Lisu Lycian Lydian \
    Mahajani Makasar Malayalam Mandaic Manichaean Marchen Masaram_Gondi Medefaidrin Meetei_Mayek Mende_Kikakui \
    Meroitic_Cursive Meroitic_Hieroglyphs Miao Modi Mongolian Mro Multani Myanmar Nabataean Nag_Mundari \
    Nandinagari New_Tai_Lue Newa Nko Nushu Nyiakeng_Puachue_Hmong Ogham Ol_Chiki Old_Hungarian Old_Italic \
    Old_North_Arabian Old_Permic Old_Persian Old_Sogdian Old_South_Arabian Old_Turkic Old_Uyghur Oriya Osage \
    Osmanya Pahawh_Hmong Palmyrene Pau_Cin_Hau Phags_Pa Phoenician Psalter_Pahlavi Rejang Runic Samaritan \
    Saurashtra Sharada Shavian Siddham SignWriting Sinhala Sogdian Sora_Sompeng Soyombo Sundanese Syloti_Nagri \
    Syriac Tagalog Tagbanwa Tai_Le Tai_Tham Tai_Viet Takri Tamil Tangsa Tangut Telugu Thaana Thai Tibetan Tifinagh \
    Tirhuta Toto Ugaritic Vai Vithkuqi Wancho Warang_Citi Yezidi Yi Zanabazar_Square";

/// The characters of the group that Go knows by this name; nothing where it knows none.
pub(super) fn group(name: &str) -> Option<ClassUnicode> {
    let wanted = folded(name);
    match wanted.as_str() {
        "any" => return Some(everything()),
        "ascii" => return Some(ClassUnicode::new([ClassUnicodeRange::new('\0', '\x7f')])),
        "assigned" => return Some(assigned()),
        "cn" | "unassigned" => {
            let mut class = assigned();
            class.negate();
            return Some(class);
        }
        "c" | "other" => {
            let mut class = property(r"[\p{Cc}\p{Cf}\p{Co}]");
            class.intersect(&assigned());
            return Some(class);
        }
        // Surrogates are no characters in UTF-8 text.
        "cs" | "surrogate" => return Some(ClassUnicode::empty()),
        _ => {}
    }
    let among = |names: &str| names.split(' ').any(|known| folded(known) == wanted);
    let pattern = if among(CATEGORIES) {
        format!(r"\p{{General_Category={wanted}}}")
    } else if among(SCRIPTS) {
        format!(r"\p{{Script={wanted}}}")
    } else {
        return None;
    };
    let mut class = property(&pattern);
    class.intersect(&assigned());
    Some(class)
}

/// Every character.
pub(super) fn everything() -> ClassUnicode {
    ClassUnicode::new([ClassUnicodeRange::new('\0', char::MAX)])
}

fn assigned() -> ClassUnicode {
    property(GO_AGE)
}

/// The characters of a pattern that is one class.
fn property(pattern: &str) -> ClassUnicode {
    match regex_syntax::parse(pattern).map(regex_syntax::hir::Hir::into_kind) {
        Ok(HirKind::Class(Class::Unicode(class))) => class,
        // A class of one character is a text to the crate.
        Ok(HirKind::Literal(Literal(bytes))) => {
            let text = String::from_utf8_lossy(&bytes);
            ClassUnicode::new(text.chars().map(|only| ClassUnicodeRange::new(only, only)))
        }
        _ => ClassUnicode::empty(),
    }
}

/// A name as it is compared.
pub(super) fn folded(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, ' ' | '_' | '-')).map(|c| c.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::{CATEGORIES, SCRIPTS, group};

    #[test]
    fn every_name_has_characters() {
        for name in CATEGORIES.split(' ').chain(SCRIPTS.split(' ')) {
            let class = group(name).unwrap_or_else(|| panic!("{name} is known"));
            assert!(!class.ranges().is_empty() || matches!(name, "Cs" | "Surrogate"), "{name} is empty");
        }
    }

    #[test]
    fn what_go_does_not_know_is_no_group() {
        for name in ["Grek", "Alphabetic", "Script=Greek", "", "Garay", "Emoji"] {
            assert!(group(name).is_none(), "{name}");
        }
    }
}
