// SPDX-License-Identifier: GPL-2.0
//! The verifier's rules. Each id has a heading in `docs/rules.md`, one function in `crates/verifier/src/rules/`
//! and a folder of cases in `tests/verifier/reject/`.

codes! {
    /// Why the verifier refused an image. Numbers are ABI: append, never reuse.
    ///
    /// A refusal's `at` is a region offset for rules about words, labels and targets. For the rules about other
    /// tables (`ENT`, `IMP`, `REL`, `LST`, `IMG`, `PRO`, MTR-5) it is the number of the table's entry, and `word` is its value.
    pub enum Rule {
        UnknownInstruction = 1, "INS-1", "the word is no instruction of the table for this CPU";
        FeatureAbsent = 2, "INS-2", "the instruction belongs to a feature that this system lacks";
        Unpredictable = 3, "INS-3", "the operands make the instruction constrained unpredictable";
        PcRelative = 4, "INS-4", "an address is made or a literal loaded relative to PC";

        BaseWritten = 10, "REG-1", "x15, the window's base, is written";
        ShadowUsed = 11, "REG-2", "x13, the shadow stack pointer, is named by other than a push or pop";
        PlatformUsed = 12, "REG-3", "x18, the platform register, is read or written";
        StackPointerUsed = 13, "REG-4", "SP, the kernel's stack pointer, is named";
        LinkRead = 14, "REG-5", "x30, the link, is read by other than push, ret and table sequence";
        LinkWritten = 15, "REG-6", "x30, the link, is written by other than bl, pop and table sequence";
        BiasedWritten = 16, "REG-7", "x9, the biased base, is written by other than add or sub of x15 and an immediate";

        Unguarded = 20, "MEM-1", "no fact about the base covers the reach of the access";
        RegisterOffset = 21, "MEM-2", "a register offset is neither [x15, wN, uxtw] in a window of 4 GiB (or x9, if that is the biased base) nor by an index that is surely small";

        BranchOutside = 30, "CTL-1", "the branch leaves the image's code";
        NoLabel = 31, "CTL-2", "the branch goes to a word that has no label";
        CallOutside = 32, "CTL-3", "the call goes neither to the image's code nor to a gate slot";
        IndirectBranch = 33, "CTL-4", "an indirect branch stands outside the table sequence";
        TableSequence = 34, "CTL-5", "the table sequence is incomplete or names another table, mask or register";
        NothingFollows = 35, "CTL-6", "the word after b is neither a label nor the trap word";

        ShadowForm = 40, "FRM-1", "x13 is the base of an access that is no push or pop";
        SavedWritten = 41, "FRM-2", "a saved register is written while it is not pushed";
        PushedTwice = 42, "FRM-3", "a register is pushed that is on the frame list already";
        PopOrder = 43, "FRM-4", "a pop does not take the top of the frame list into the registers pushed there";
        ReturnWithFrame = 44, "FRM-5", "ret with registers still pushed";
        CallWithoutLink = 45, "FRM-6", "a call while x30 is not pushed";
        ListsDiffer = 46, "FRM-7", "the frame list here is not the one that the label names";
        CalleeWithFrame = 47, "FRM-8", "bl to a label whose frame list is not empty";

        StackAtCall = 50, "STK-1", "x14 may be farther than 1 KiB from the window at a call or return";
        StackAtLabel = 51, "STK-2", "x14 may be farther from the window than the label claims";

        LabelOrder = 60, "LBL-1", "the labels are not strictly ascending";
        LabelPlace = 61, "LBL-2", "a label is misaligned or outside the code";
        LabelRegisters = 62, "LBL-3", "a label claims a fact about x13, x14, x15, x18, x30 or x31";
        LabelClass = 63, "LBL-4", "a label has an unknown bound class";
        LabelList = 64, "LBL-5", "a label names a frame list that the image does not have";
        LabelInSequence = 65, "LBL-6", "a label lies inside a table sequence";
        ClaimUnproven = 66, "LBL-7", "a fact that the label claims is not established here";

        TargetOrder = 70, "TGT-1", "the declared targets are not strictly ascending";
        TargetPlace = 71, "TGT-2", "a declared target is misaligned or outside the code";
        TargetLabel = 72, "TGT-3", "a declared target has no label, or one with facts, a frame, or another x14 bound than 1 KiB";
        TargetWord = 73, "TGT-4", "a declared target does not begin with bti c";

        EntryHook = 80, "ENT-1", "an entry names an unknown hook";
        EntryTarget = 81, "ENT-2", "an entry names a declared target that the image does not have";

        ImportGate = 90, "IMP-1", "an import names an unknown gate";

        RelocOrder = 100, "REL-1", "data relocations overlap or are not ascending";
        RelocPlace = 101, "REL-2", "a data relocation lies outside the initialised data";

        ListForm = 110, "LST-1", "a frame list has a gap, an unknown register or one register twice";
        ListEmpty = 111, "LST-2", "the first frame list is missing or not empty";

        PartialWord = 120, "IMG-1", "the code's length is no multiple of four";
        PartialEntry = 121, "IMG-2", "a table's length is no multiple of its entries' size";
        TooLarge = 122, "IMG-3", "code, targets or imports are above the format's limits";

        Profile = 130, "PRO-1", "the guard profile is not known";
        // 131 was PRO-2, "metered images are not supported".
        UnknownFlags = 132, "PRO-3", "the image has flags that are unknown or exclude one another";
        ProfileForbidden = 133, "PRO-4", "the policy does not allow the guard profile";
        GuardOrder = 134, "PRO-5", "the places of guards are not ascending, overlap, or belong to another profile";
        GuardPlace = 135, "PRO-6", "a place of a guard holds no pair of movk that is still to be filled in";
        WindowLen = 136, "PRO-7", "the size of the window is none that the guard profile has";

        FuelWritten = 140, "MTR-1", "x9, the fuel of a metered image, is written by other than a check";
        CheckBroken = 141, "MTR-2", "the charge of a check is not followed by its branch to a trap word";
        Unchecked = 142, "MTR-3", "no check of fuel before a backward branch, call, table sequence or ret";
        LabelInCheck = 143, "MTR-4", "a label lies inside a check or between it and what it stands before";
        MeteredSize = 144, "MTR-5", "the code of a metered image is above the limit";
    }
}
