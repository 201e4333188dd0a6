// SPDX-License-Identifier: GPL-2.0
//! Numbers as text, and numbers that fit no register.

use crate::{Numbers, Out};
use num_bigint::{BigInt, BigUint, Sign};

/// Integers of every width, at their ends and of a seed, against the library's own formatting.
pub fn itoa(_: &str, out: &mut Out) {
    let mut buffer = itoa::Buffer::new();
    let mut numbers = Numbers(7);
    for at in 0..2_000 {
        let wide = u128::from(numbers.next()) << 64 | u128::from(numbers.next());
        let value = (wide >> (at % 128)) as i128;
        let text = buffer.format(value);
        out.line(format_args!("{text}"));
        out.check(text.parse() == Ok(value), "i128");
        out.check(
            itoa::Buffer::new().format(value as i64).parse() == Ok(value as i64),
            "i64",
        );
        out.check(
            itoa::Buffer::new().format(value as u16).parse() == Ok(value as u16),
            "u16",
        );
    }
    out.check(
        buffer.format(i64::MIN) == "-9223372036854775808",
        "the least",
    );
    out.check(
        buffer.format(u64::MAX) == "18446744073709551615",
        "the most",
    );
}

/// Doubles by their shortest text: the examples of Ryū's own tests, and bits of a seed that come back.
pub fn ryu(vectors: &str, out: &mut Out) {
    let mut buffer = ryu::Buffer::new();
    for line in vectors.lines().filter(|line| !line.starts_with('#')) {
        let (bits, expected) = line.split_once('\t').unwrap_or_default();
        let bits = u64::from_str_radix(bits, 16).unwrap_or_default();
        out.check(buffer.format(f64::from_bits(bits)) == expected, line);
    }
    let mut numbers = Numbers(3);
    for _ in 0..1_000 {
        let bits = numbers.next();
        let (double, single) = (f64::from_bits(bits), f32::from_bits(bits as u32));
        let text = buffer.format(double);
        out.line(format_args!("{bits:016x} {text}"));
        out.check(
            double.is_nan() || text.parse() == Ok(double),
            "a double comes back",
        );
        let text = buffer.format(single);
        out.line(format_args!("{text}"));
        out.check(
            single.is_nan() || text.parse() == Ok(single),
            "a float comes back",
        );
    }
}

/// Published numbers: RSA-100 and RSA-110 are the products of their factors; then all operations against each other.
pub fn num_bigint(vectors: &str, out: &mut Out) {
    for line in vectors.lines().filter(|line| !line.starts_with('#')) {
        let mut fields = line
            .split('\t')
            .filter_map(|field| field.parse::<BigUint>().ok());
        let (Some(product), Some(p), Some(q)) = (fields.next(), fields.next(), fields.next())
        else {
            out.check(false, line);
            continue;
        };
        out.check(&p * &q == product, line);
        out.check(&product / &p == q && &product % &q == BigUint::ZERO, line);
        let (e, phi) = (BigUint::from(65_537u32), (&p - 1u32) * (&q - 1u32));
        let d = e.modinv(&phi).unwrap_or_default();
        let message = BigUint::from_bytes_be(b"towards zero overhead");
        let sealed = message.modpow(&e, &product);
        out.line(format_args!("{d:x} {sealed}"));
        out.check(sealed.modpow(&d, &product) == message, "RSA");
    }
    let factorial = (1..=200u32).fold(BigUint::from(1u32), |product, n| product * n);
    out.line(format_args!("{factorial}"));
    let mut numbers = Numbers(11);
    for digits in 1..24 {
        let mut number = |len: u64| {
            let digits = (0..len).map(|_| numbers.next() as u32).collect();
            BigInt::from_biguint(
                if len % 3 == 0 {
                    Sign::Minus
                } else {
                    Sign::Plus
                },
                BigUint::new(digits),
            )
        };
        let (a, b) = (number(2 * digits), number(digits) + 1);
        let (quotient, rest) = (&a / &b, &a % &b);
        out.line(format_args!("{a} / {b} = {quotient:x} rest {rest}"));
        out.check(quotient * &b + rest == a, "division");
        let root = a.magnitude().sqrt();
        out.check(&root * &root <= *a.magnitude(), "root");
    }
}
